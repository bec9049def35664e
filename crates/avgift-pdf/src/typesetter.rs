//! Typesetter: from a document to its PDF, one at a time or many on all cores.
//! Rule:    PDF/A-3a and PDF/UA-1 together; what the library warns of is an error. The identifier of a file is made of
//!          the document's own, and its date is the day of issue.
//! Errors:  TemplateMustCompile, LogoMustBePrintable, CharacterMustBePrintable, DocumentMustBeTypeset.

use std::num::NonZero;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use avgift::{Explanation, Origin};
use avgift_invoice::{Buyer, Document, Letterhead, Logo, Reminder, Seller, Template};
use typst::diag::SourceDiagnostic;
use typst::foundations::{Bytes, Smart};
use typst::syntax::Source;
use typst::{World as _, WorldExt as _};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::desk::{Desk, Shelf, file_id};
use crate::error::Error;
use crate::letter::LetterPage;
use crate::page::{Page, json_of, texts_of};
use crate::qr::UsingQr;

/// Our own template.
const TEMPLATE: &str = include_str!("../template/invoice.typ");

/// The template of a letter.
const LETTER: &str = include_str!("../template/letter.typ");

/// A page with nothing but the logo, to try it by itself.
const LOGO_ALONE: &str = "#set document(title: \"logo\", date: datetime(year: 2024, month: 1, day: 1))\n#image(\"/logo\", alt: \"logo\")";

/// The room that one compilation gets on its thread's stack: the library nests deeply, and the main thread of Windows
/// has a single mebibyte.
const STACK: usize = 16 << 20;

/// The file for machines that is put into the PDF.
#[derive(Debug, Clone, Copy)]
pub struct Attachment<'a> {
    /// Its name, `ale.xml`.
    pub name: &'a str,
    /// Its kind, `application/xml`.
    pub mime_type: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// One document that is to become a PDF.
#[derive(Debug, Clone, Copy)]
pub struct Job<'a> {
    /// The invoice or credit note.
    pub document: Document<'a>,
    /// Why its fees are what they are: the appendix; none without.
    pub explanations: &'a [Explanation],
    /// The file for machines.
    pub attachment: Attachment<'a>,
}

/// A reminder that is to become a PDF.
#[derive(Debug, Clone, Copy)]
pub struct LetterJob<'a> {
    /// The reminder.
    pub reminder: &'a Reminder,
    /// The file for machines.
    pub attachment: Attachment<'a>,
}

/// Makes PDFs under one letterhead.
#[derive(Debug)]
pub struct Typesetter {
    letterhead: Letterhead,
    shelf: Shelf,
    source: Source,
    letter: Source,
}

/// A page that is to be set.
struct Sheet<'a> {
    id: String,
    template: &'a Source,
    /// The network's own template, where it is one.
    own: Option<&'a Template>,
    data: Vec<u8>,
    texts: Vec<String>,
    code: Option<UsingQr>,
    attachment: Attachment<'a>,
    parties: (&'a Buyer, &'a Seller),
}

impl Typesetter {
    /// A typesetter with its fonts and template at hand; the logo is tried.
    ///
    /// # Errors
    /// `LogoMustBePrintable`.
    pub fn new(letterhead: &Letterhead) -> Result<Typesetter, Vec<Error>> {
        let (path, text) = match &letterhead.template {
            Some(template) => ("/template.typ", template.text.replace("\r\n", "\n")),
            None => ("/invoice.typ", TEMPLATE.to_owned()),
        };
        let typesetter = Typesetter {
            letterhead: letterhead.clone(),
            shelf: Shelf::new(),
            source: Source::new(file_id(path), text),
            letter: Source::new(file_id("/letter.typ"), LETTER.to_owned()),
        };
        match &letterhead.logo {
            Some(logo) => typesetter.try_logo(logo).map(|()| typesetter),
            None => Ok(typesetter),
        }
    }

    /// The PDF of one document.
    ///
    /// # Errors
    /// All that is wrong at once: `CharacterMustBePrintable`; or `TemplateMustCompile`; or `DocumentMustBeTypeset`.
    pub fn typeset(&self, job: &Job<'_>) -> Result<Vec<u8>, Vec<Error>> {
        let mut pdfs = self.typeset_all(std::slice::from_ref(job));
        pdfs.pop().expect("one job has one outcome")
    }

    /// The PDFs of many documents, in their order, made on all cores.
    ///
    /// # Errors
    /// For each document, as [`Typesetter::typeset`].
    pub fn typeset_all(&self, jobs: &[Job<'_>]) -> Vec<Result<Vec<u8>, Vec<Error>>> {
        in_order(jobs, |job| self.pdf(&self.invoice(job)))
    }

    /// The PDFs of letters, in their order, made on all cores.
    ///
    /// # Errors
    /// For each, as [`Typesetter::typeset`].
    pub fn typeset_letters(&self, jobs: &[LetterJob<'_>]) -> Vec<Result<Vec<u8>, Vec<Error>>> {
        in_order(jobs, |job| self.pdf(&self.sheet_of_letter(job)))
    }

    /// Everything of a letter that cannot be printed, without setting it.
    ///
    /// # Errors
    /// `CharacterMustBePrintable`, one a text.
    pub fn check_letter(&self, job: &LetterJob<'_>) -> Result<(), Vec<Error>> {
        self.check_sheet(&self.sheet_of_letter(job))
    }

    /// Everything of a document that cannot be printed, without setting it: characters that no font has.
    ///
    /// # Errors
    /// `CharacterMustBePrintable`, one a text.
    pub fn check(&self, job: &Job<'_>) -> Result<(), Vec<Error>> {
        self.check_sheet(&self.invoice(job))
    }

    fn invoice<'a>(&'a self, job: &Job<'a>) -> Sheet<'a> {
        let page = Page::of(job, &self.letterhead);
        let content = job.document.content();
        Sheet {
            id: job.document.id().to_string(),
            template: &self.source,
            own: self.letterhead.template.as_ref(),
            data: json_of(&page),
            texts: texts_of(&page),
            code: UsingQr::of(job.document),
            attachment: job.attachment,
            parties: (&content.buyer, &content.seller),
        }
    }

    fn sheet_of_letter<'a>(&'a self, job: &LetterJob<'a>) -> Sheet<'a> {
        let reminder = job.reminder;
        let code = UsingQr::of_reminder(reminder);
        let page = LetterPage::of(reminder, job.attachment, &self.letterhead, code.is_some());
        Sheet {
            id: format!("{}-reminder-{}", reminder.invoice, reminder.ordinal),
            template: &self.letter,
            own: None,
            data: json_of(&page),
            texts: texts_of(&page),
            code,
            attachment: job.attachment,
            parties: (&reminder.buyer, &reminder.seller),
        }
    }

    fn check_sheet(&self, sheet: &Sheet<'_>) -> Result<(), Vec<Error>> {
        let unprintable = sheet.texts.iter().filter_map(|text| self.unprintable(text, sheet.parties));
        let errors: Vec<Error> = unprintable.collect();
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }

    fn unprintable(&self, text: &str, (buyer, seller): (&Buyer, &Seller)) -> Option<Error> {
        let character = text.chars().find(|character| !self.shelf.can_print(*character))?;
        // A name or an address of a party stands in its row; anything else, in nobody's alone.
        let origin = match (written(buyer).contains(character), written(seller).contains(character)) {
            (true, _) => buyer.origin.clone(),
            (false, true) => seller.origin.clone(),
            (false, false) => None,
        };
        Some(Error::CharacterMustBePrintable { character, text: text.to_owned(), origin })
    }

    fn pdf(&self, sheet: &Sheet<'_>) -> Result<Vec<u8>, Vec<Error>> {
        self.check_sheet(sheet)?;
        let mut desk = Desk::new(&self.shelf, sheet.template)
            .with("/data.json", Bytes::new(sheet.data.clone()))
            .with("/attachment", Bytes::new(sheet.attachment.bytes.to_vec()));
        if let Some(code) = &sheet.code {
            desk = desk.with("/qr.svg", Bytes::new(code.svg().into_bytes()));
        }
        if let Some(logo) = &self.letterhead.logo {
            desk = desk.with("/logo", Bytes::new(logo.bytes.to_vec()));
        }
        set(&desk, &sheet.id)
            .map_err(|faults| faults.iter().map(|fault| fault.error(&sheet.id, sheet.own)).collect())
    }

    fn try_logo(&self, logo: &Logo) -> Result<(), Vec<Error>> {
        let source = Source::new(file_id("/logo.typ"), LOGO_ALONE.to_owned());
        let desk = Desk::new(&self.shelf, &source).with("/logo", Bytes::new(logo.bytes.to_vec()));
        let outcome = thread::scope(|scope| {
            let worker = thread::Builder::new().stack_size(STACK);
            let worker =
                worker.spawn_scoped(scope, || set(&desk, "logo")).expect("the system gives a thread");
            worker.join().expect("the library does not panic")
        });
        let error = |fault: &Fault| Error::LogoMustBePrintable {
            message: fault.message.clone(),
            origin: logo.origin.clone(),
        };
        outcome.map(|_| ()).map_err(|faults| faults.iter().map(error).collect())
    }
}

/// Does each job on one of as many threads as there are cores; the outcomes in the order of the jobs.
fn in_order<J: Sync, O: Send>(jobs: &[J], work_on: impl Fn(&J) -> O + Sync) -> Vec<O> {
    let workers = thread::available_parallelism().map_or(1, NonZero::get).min(jobs.len());
    let (next, done) = (AtomicUsize::new(0), Mutex::new(Vec::with_capacity(jobs.len())));
    let work = || {
        while let Some((place, job)) = {
            let place = next.fetch_add(1, Ordering::Relaxed);
            jobs.get(place).map(|job| (place, job))
        } {
            let outcome = work_on(job);
            done.lock().expect("no worker panics while it holds the list").push((place, outcome));
        }
    };
    // Threads of our own: the library's pool would nest one document within another on the same stack.
    thread::scope(|scope| {
        for _ in 0..workers {
            let worker = thread::Builder::new().stack_size(STACK);
            worker.spawn_scoped(scope, work).expect("the system gives a thread");
        }
    });
    let mut done = done.into_inner().expect("no worker panics while it holds the list");
    done.sort_by_key(|(place, _)| *place);
    done.into_iter().map(|(_, outcome)| outcome).collect()
}

/// Everything that stands on a document for a party.
fn written(party: &impl serde::Serialize) -> String {
    serde_json::to_string(party).expect("texts and numbers are written into memory")
}

/// A fault that the library found: what, and where in the template.
#[derive(Debug)]
struct Fault {
    message: String,
    hint: Option<String>,
    /// The bytes of the template that it points at.
    span: Option<std::ops::Range<usize>>,
}

impl Fault {
    fn new(diagnostic: &SourceDiagnostic, desk: &Desk<'_>) -> Fault {
        Fault {
            message: diagnostic.message.to_string(),
            hint: diagnostic.hints.first().map(|hint| hint.v.to_string()),
            // What is wrong within the common parts has no place in the template.
            span: diagnostic
                .span
                .id()
                .filter(|id| *id == desk.main())
                .and_then(|_| desk.range(diagnostic.span)),
        }
    }

    /// The error: of the network's own template, or of ours.
    fn error(&self, id: &str, template: Option<&Template>) -> Error {
        match template {
            Some(template) => Error::TemplateMustCompile {
                message: self.message.clone(),
                hint: self.hint.clone(),
                origin: self.span.clone().map(|span| {
                    let text = template.text.replace("\r\n", "\n");
                    Origin::of_span(template.file.clone(), &text, span.start, span.end)
                }),
            },
            None => Error::DocumentMustBeTypeset { id: id.to_owned(), message: self.message.clone() },
        }
    }
}

/// Sets a document and writes its PDF; the library's memory of it is given back.
fn set(desk: &Desk<'_>, id: &str) -> Result<Vec<u8>, Vec<Fault>> {
    let compiled = typst::compile::<PagedDocument>(desk);
    let faults = |diagnostics: &[SourceDiagnostic]| -> Vec<Fault> {
        diagnostics.iter().map(|diagnostic| Fault::new(diagnostic, desk)).collect()
    };
    let outcome = match compiled.output {
        Err(errors) => Err(faults(&errors)),
        Ok(_) if !compiled.warnings.is_empty() => Err(faults(&compiled.warnings)),
        Ok(document) => typst_pdf::pdf(&document, &options(id)).map_err(|errors| faults(&errors)),
    };
    typst::comemo::evict(0);
    outcome
}

fn options(id: &str) -> PdfOptions {
    let standards = PdfStandards::new(&[PdfStandard::A_3a, PdfStandard::Ua_1]);
    PdfOptions {
        ident: Smart::Custom(id.to_owned()),
        creator: Smart::Custom(Some(concat!("avgift ", env!("CARGO_PKG_VERSION")).to_owned())),
        standards: standards.expect("the two standards go together"),
        ..PdfOptions::default()
    }
}
