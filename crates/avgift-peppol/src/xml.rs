//! Xml: elements one after another, escaped and indented.

use std::fmt::Display;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// The namespaces of UBL's two libraries, by the prefixes that everybody uses.
pub(crate) const CAC: (&str, &str) =
    ("xmlns:cac", "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2");
/// Basic components.
pub(crate) const CBC: (&str, &str) =
    ("xmlns:cbc", "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2");

/// XML while it is written.
pub(crate) struct Xml(Writer<Vec<u8>>);

impl Xml {
    /// A file that begins with the declaration.
    pub(crate) fn new() -> Xml {
        let mut xml = Xml(Writer::new_with_indent(Vec::new(), b' ', 2));
        xml.write(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
        xml
    }

    /// An element with attributes and what `inside` writes.
    pub(crate) fn element_with(
        &mut self,
        name: &str,
        attributes: &[(&str, &str)],
        inside: impl FnOnce(&mut Xml),
    ) {
        self.open(name, attributes);
        inside(self);
        self.write(Event::End(BytesEnd::new(name)));
    }

    /// An element with what `inside` writes.
    pub(crate) fn element(&mut self, name: &str, inside: impl FnOnce(&mut Xml)) {
        self.element_with(name, &[], inside);
    }

    /// An element that is opened and left open.
    pub(crate) fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.write(Event::Start(BytesStart::new(name).with_attributes(attributes.iter().copied())));
    }

    /// An element with attributes that holds a text.
    pub(crate) fn leaf_with(&mut self, name: &str, attributes: &[(&str, &str)], text: impl Display) {
        self.element_with(name, attributes, |xml| {
            xml.write(Event::Text(BytesText::new(&text.to_string())));
        });
    }

    /// An element that holds a text.
    pub(crate) fn leaf(&mut self, name: &str, text: impl Display) {
        self.leaf_with(name, &[], text);
    }

    /// An element that holds a text, where there is one.
    pub(crate) fn leaf_if(&mut self, name: &str, text: Option<impl Display>) {
        if let Some(text) = text {
            self.leaf(name, text);
        }
    }

    /// What was written, with a line end.
    pub(crate) fn finish(self) -> String {
        let mut bytes = self.0.into_inner();
        bytes.push(b'\n');
        // Every part was a str when it was written.
        String::from_utf8_lossy(&bytes).into_owned()
    }

    fn write(&mut self, event: Event<'_>) {
        let _ = self.0.write_event(event); // Writing to memory cannot fail.
    }
}
