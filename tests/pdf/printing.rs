//! Printing: the same bytes whoever asks and how often, and what cannot be printed.

use avgift::Origin;
use avgift_invoice::Buyer;
use avgift_pdf::{Attachment, Job, Typesetter};

use crate::fixture::{agreement, buyer, draft, fees, one, standard, tariff, text};
use crate::made::all;

#[test]
fn the_same_document_gives_the_same_bytes() {
    for made in all().into_iter().take(2) {
        assert!(made.pdf().unwrap() == made.pdf().unwrap(), "{}", made.name);
    }
}

/// One at a time or together, in whatever order the threads come.
#[test]
fn many_documents_come_out_in_their_order() {
    let all: Vec<_> =
        all().into_iter().filter(|made| made.letterhead == Default::default()).take(4).collect();
    let files: Vec<(String, String)> =
        all.iter().map(|made| (format!("{}.xml", made.name), made.xml())).collect();
    let jobs: Vec<Job<'_>> = all
        .iter()
        .zip(&files)
        .map(|(made, (name, xml))| Job {
            document: made.document(),
            explanations: &made.explanations,
            attachment: Attachment { name, mime_type: "application/xml", bytes: xml.as_bytes() },
        })
        .collect();
    let together = Typesetter::new(&Default::default()).unwrap().typeset_all(&jobs);
    for (made, pdf) in all.iter().zip(together) {
        assert!(made.pdf().unwrap() == pdf.unwrap(), "{}", made.name);
    }
    assert_eq!(Typesetter::new(&Default::default()).unwrap().typeset_all(&[]).len(), 0);
}

/// No font of ours has Chinese: the character is named with its text and the row of the buyer, and nothing is guessed.
#[test]
fn a_character_without_a_glyph_is_refused() {
    let origin = Some(Origin::new("payers.csv", 7, 1, 3));
    let buyer = Buyer { trading_name: Some(text("Ale 市")), origin, ..buyer() };
    let invoice = draft(&fees(tariff(), one(32_446)), &buyer, &agreement(standard("25")));
    let attachment = Attachment { name: "x.xml", mime_type: "application/xml", bytes: b"<x/>" };
    let job = Job { document: (&invoice).into(), explanations: &[], attachment };
    let typesetter = Typesetter::new(&Default::default()).unwrap();
    let errors = typesetter.typeset(&job).unwrap_err();
    assert_eq!(typesetter.check(&job).unwrap_err(), errors);
    let told = errors[0].refusal().to_string();
    assert!(told.contains("error[character-must-be-printable]"), "{told}");
    assert!(told.contains("`市` (U+5E02)") && told.contains("payers.csv:7:1"), "{told}");
}
