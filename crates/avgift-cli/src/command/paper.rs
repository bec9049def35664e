//! paper: the PDF of each document, where the program was built with it (feature `pdf`).

use avgift::{Explanation, Refusal};
use avgift_invoice::{Document, Letterhead, Reminder};

/// A reminder that is to be printed, with the file for machines that goes into it.
#[cfg_attr(
    not(feature = "pdf"),
    allow(dead_code, reason = "without a printer nobody looks at what is to be printed")
)]
pub(super) struct PrintedLetter<'a> {
    pub(super) reminder: &'a Reminder,
    /// The name of the file for machines.
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

/// A document that is to be printed, with the file for machines that goes into it.
#[cfg_attr(
    not(feature = "pdf"),
    allow(dead_code, reason = "without a printer nobody looks at what is to be printed")
)]
pub(super) struct Printed<'a> {
    pub(super) document: Document<'a>,
    /// Why its fees are what they are.
    pub(super) explanations: Vec<Explanation>,
    /// The name of the file for machines: `ale.xml`.
    pub(super) name: String,
    pub(super) bytes: &'a [u8],
}

#[cfg(feature = "pdf")]
mod with_pdf {
    use avgift_network::note_each_once;
    use avgift_pdf::{Attachment, Error, Job, LetterJob, Typesetter};

    use super::*;

    /// How many documents are held in memory at a time.
    const AT_A_TIME: usize = 32;

    /// Prints documents under one letterhead.
    pub(in super::super) struct Paper(Typesetter);

    impl Paper {
        /// A printer for a letterhead; none where nothing is to be printed.
        pub(in super::super) fn new(
            letterhead: &Letterhead,
            wanted: bool,
        ) -> Result<Option<Paper>, Vec<Refusal>> {
            match wanted {
                true => {
                    Typesetter::new(letterhead).map(|typesetter| Some(Paper(typesetter))).map_err(refusals)
                }
                false => Ok(None),
            }
        }

        /// What of a document cannot be printed, without printing it.
        pub(in super::super) fn check(&self, printed: &Printed<'_>) -> Result<(), Vec<Refusal>> {
            self.0.check(&job(printed)).map_err(refusals)
        }

        /// Prints documents and gives each to `take`, in their order.
        pub(in super::super) fn print(
            &self,
            documents: &[Printed<'_>],
            mut take: impl FnMut(&Printed<'_>, &[u8]) -> Result<(), Refusal>,
        ) -> Result<(), Vec<Refusal>> {
            let mut faults = Vec::new();
            for some in documents.chunks(AT_A_TIME) {
                let jobs: Vec<Job<'_>> = some.iter().map(job).collect();
                for (printed, pdf) in some.iter().zip(self.0.typeset_all(&jobs)) {
                    match pdf {
                        Ok(pdf) => take(printed, &pdf).map_err(|fault| vec![fault])?,
                        Err(errors) => note_each_once(&mut faults, refusals(errors)),
                    }
                }
            }
            if faults.is_empty() { Ok(()) } else { Err(faults) }
        }

        /// What of a letter cannot be printed, without printing it.
        pub(in super::super) fn check_letter(&self, letter: &PrintedLetter<'_>) -> Result<(), Vec<Refusal>> {
            self.0.check_letter(&letter_job(letter)).map_err(refusals)
        }

        /// The PDFs of letters, in their order.
        pub(in super::super) fn print_letters(
            &self,
            letters: &[PrintedLetter<'_>],
        ) -> Result<Vec<Vec<u8>>, Vec<Refusal>> {
            let (mut pdfs, mut faults) = (Vec::with_capacity(letters.len()), Vec::new());
            let jobs: Vec<LetterJob<'_>> = letters.iter().map(letter_job).collect();
            for pdf in self.0.typeset_letters(&jobs) {
                match pdf {
                    Ok(pdf) => pdfs.push(pdf),
                    Err(errors) => note_each_once(&mut faults, refusals(errors)),
                }
            }
            if faults.is_empty() { Ok(pdfs) } else { Err(faults) }
        }
    }

    fn letter_job<'a>(letter: &'a PrintedLetter<'a>) -> LetterJob<'a> {
        let (name, bytes) = (&letter.name, &letter.bytes);
        let attachment = Attachment { name, mime_type: "application/json", bytes };
        LetterJob { reminder: letter.reminder, attachment }
    }

    fn job<'a>(printed: &'a Printed<'a>) -> Job<'a> {
        let mime_type = if printed.name.ends_with(".xml") { "application/xml" } else { "application/json" };
        let attachment = Attachment { name: &printed.name, mime_type, bytes: printed.bytes };
        Job { document: printed.document, explanations: &printed.explanations, attachment }
    }

    fn refusals(errors: Vec<Error>) -> Vec<Refusal> {
        errors.iter().map(Error::refusal).collect()
    }
}

#[cfg(feature = "pdf")]
pub(super) use with_pdf::Paper;

/// A program without PDF has no printer, and nobody can ask one for anything.
#[cfg(not(feature = "pdf"))]
pub(super) enum Paper {}

#[cfg(not(feature = "pdf"))]
impl Paper {
    pub(super) fn new(_letterhead: &Letterhead, _wanted: bool) -> Result<Option<Paper>, Vec<Refusal>> {
        Ok(None)
    }

    pub(super) fn check(&self, _printed: &Printed<'_>) -> Result<(), Vec<Refusal>> {
        match *self {}
    }

    pub(super) fn print(
        &self,
        _documents: &[Printed<'_>],
        _take: impl FnMut(&Printed<'_>, &[u8]) -> Result<(), Refusal>,
    ) -> Result<(), Vec<Refusal>> {
        match *self {}
    }

    pub(super) fn check_letter(&self, _letter: &PrintedLetter<'_>) -> Result<(), Vec<Refusal>> {
        match *self {}
    }

    pub(super) fn print_letters(&self, _letters: &[PrintedLetter<'_>]) -> Result<Vec<Vec<u8>>, Vec<Refusal>> {
        match *self {}
    }
}
