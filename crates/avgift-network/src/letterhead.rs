//! Letterhead: `[agreement.document]` of network.toml: how the documents of a host look, and the files it names.
//! Rule:    a file is named by its path inside the network's folder, and lies there.
//! Errors:  FileMustExist, FileMustLieInTheFolder, SettingMustBeGiven, SettingMustHaveItsOther, those of the invoice.

use std::sync::Arc;

use avgift::{Origin, Sourced};
use avgift_invoice::{Colour, Letterhead, Logo, LogoFormat, Template, Text, Words};

use crate::error::{Error, Written};
use crate::folder::Folder;
use crate::settings::{Refusable, Section};

/// The letterhead of an agreement; what is at fault in it is noted and left out.
pub(crate) fn read(section: Section<'_, '_>, folder: &Folder) -> Letterhead {
    let text = |key| section.parsed::<Text>(key).map(|text| text.value);
    let letterhead = Letterhead {
        logo: logo(&section, folder),
        colour: section.parsed::<Colour>("colour").map(|colour| colour.value),
        opening: Words { swedish: text("opening"), english: text("opening_en") },
        closing: Words { swedish: text("closing"), english: text("closing_en") },
        contact_lines: contact_lines(&section),
        template: template(&section, folder),
    };
    section.finish();
    letterhead
}

/// The files that the settings name, by their paths inside the folder.
pub(crate) fn files(root: &Section<'_, '_>) -> Vec<String> {
    let documents =
        root.sections("agreement").into_iter().filter_map(|agreement| agreement.section("document"));
    let named = documents.flat_map(|document| ["logo", "template"].map(|key| document.text(key)));
    named.flatten().map(|file| file.value).filter(|path| lies_inside(path)).collect()
}

fn logo(section: &Section<'_, '_>, folder: &Folder) -> Option<Logo> {
    if !section.has("logo") {
        section.without_effect("logo_text", "without `logo`");
        return None;
    }
    let alternative =
        section.required::<Text>("logo_text", "\"…\", what the logo says, read aloud in place of it");
    let (file, bytes) = file(section, "logo", folder)?;
    let format = file.value.parse::<LogoFormat>();
    let format = format.map_err(|error| section.fault(error.refused_at(file.origin.as_ref()))).ok();
    Some(Logo { bytes: bytes.into(), format: format?, alternative: alternative?.value, origin: file.origin })
}

fn template(section: &Section<'_, '_>, folder: &Folder) -> Option<Template> {
    let (file, bytes) = file(section, "template", folder)?;
    match std::str::from_utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)) {
        // An excerpt shows the same lines whatever their ends are.
        Ok(text) => Some(Template { file: file.value.as_str().into(), text: Arc::from(text) }),
        Err(error) => {
            let sound = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
            let origin = Origin::of_span(file.value.as_str(), &sound, sound.len(), sound.len());
            section.fault(Error::SettingsMustBeUtf8 { file: file.value.into(), origin }.refusal());
            None
        }
    }
}

/// A file that a setting names, with its bytes.
fn file<'f>(
    section: &Section<'_, '_>,
    key: &'static str,
    folder: &'f Folder,
) -> Option<(Sourced<String>, &'f [u8])> {
    let file = section.text(key)?;
    let written =
        || Written { text: file.value.clone(), origin: file.origin.clone().unwrap_or(section.origin()) };
    if !lies_inside(&file.value) {
        section.fault(Error::FileMustLieInTheFolder { file: written() }.refusal());
        return None;
    }
    match folder.file(&file.value) {
        Some(bytes) => Some((file, bytes)),
        None => {
            section.fault(Error::NamedFileMustExist { file: written() }.refusal());
            None
        }
    }
}

/// A path inside the folder, written the same on every system: `brev/logga.svg`.
fn lies_inside(path: &str) -> bool {
    let plain = |part: &str| !part.is_empty() && part != "." && part != ".." && !part.contains(['\\', ':']);
    path.split('/').all(plain)
}

fn contact_lines(section: &Section<'_, '_>) -> Vec<Text> {
    let lines = section.has("contact").then(|| section.texts("contact")).flatten().unwrap_or_default();
    let text = |line: Sourced<String>| {
        Text::new(&line.value).map_err(|error| section.fault(error.refused_at(line.origin.as_ref()))).ok()
    };
    lines.into_iter().filter_map(text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_lies_inside_the_folder() {
        for path in ["logga.svg", "brev/logga.svg", "brev/å ä ö.png"] {
            assert!(lies_inside(path), "{path}");
        }
        for path in
            ["", "/etc/passwd", "../logga.svg", "brev/../../x", "C:\\x", "brev\\x", "a//b", "./a", "a/"]
        {
            assert!(!lies_inside(path), "{path}");
        }
    }
}
