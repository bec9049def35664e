//! Made: one of every kind of document, as it is printed.

use avgift::{
    Assessment, Basis, BrokenUnit, Explanation, Federation, FederationLines, FederationMode, FeeYear,
    Language, Member, Origin, PayerId, PopulationFigure, PopulationMode, Populations, ProrationOrder,
    ProrationUnit, SplitKey, Tariff, Tariffs, YearOfFees,
};
use avgift_invoice::{Buyer, CreditNote, Document, Invoice, Letterhead, VatTreatment};
use avgift_pdf::{Attachment, Job, Page, Typesetter, UsingQr};
use avgift_peppol::to_ubl;

use crate::fixture::{
    PAYER, address, agreement, buyer, clause, credited, cuts, draft, exempt, fees, four, issued, member, one,
    outside_scope, prorated, standard, tariff, text,
};

/// A document, what explains it, and how it looks.
pub(crate) struct Made {
    pub(crate) name: &'static str,
    pub(crate) document: Either,
    pub(crate) explanations: Vec<Explanation>,
    pub(crate) letterhead: Letterhead,
}

pub(crate) enum Either {
    Invoice(Invoice),
    CreditNote(CreditNote),
}

impl Made {
    pub(crate) fn document(&self) -> Document<'_> {
        match &self.document {
            Either::Invoice(invoice) => invoice.into(),
            Either::CreditNote(credit_note) => credit_note.into(),
        }
    }

    pub(crate) fn xml(&self) -> String {
        to_ubl(self.document()).unwrap()
    }

    /// What the QR code is to say, as JSON; nothing where there is to be none.
    pub(crate) fn code(&self) -> Option<String> {
        UsingQr::of(self.document()).map(|code| code.text())
    }

    fn with_job<T>(&self, take: impl FnOnce(&Job<'_>) -> T) -> T {
        let (xml, name) = (self.xml(), format!("{}.xml", self.name));
        let attachment = Attachment { name: &name, mime_type: "application/xml", bytes: xml.as_bytes() };
        take(&Job { document: self.document(), explanations: &self.explanations, attachment })
    }

    pub(crate) fn pdf(&self) -> Result<Vec<u8>, Vec<avgift_pdf::Error>> {
        self.with_job(|job| Typesetter::new(&self.letterhead)?.typeset(job))
    }

    /// What the template gets.
    pub(crate) fn page(&self) -> Page {
        self.with_job(|job| Page::of(job, &self.letterhead))
    }
}

pub(crate) fn explained(fees: &YearOfFees, language: Language) -> Vec<Explanation> {
    let mine = |fee: &&Assessment| fee.payer().as_str() == PAYER;
    fees.assessments.iter().filter(mine).map(|fee| fee.explanation(language)).collect()
}

fn invoice(name: &'static str, fees: &YearOfFees, buyer: &Buyer, vat: VatTreatment) -> Made {
    Made {
        name,
        document: Either::Invoice(issued(fees, buyer, &agreement(vat))),
        explanations: explained(fees, buyer.language),
        letterhead: Letterhead::default(),
    }
}

/// Half a year, floor and ceiling, an index: everything that a line can show.
pub(crate) fn federation_fees() -> YearOfFees {
    let months = ProrationUnit::Months(BrokenUnit::Counted);
    let tariff = prorated(months, ProrationOrder::AfterBounds);
    fees(tariff.indexed(clause(avgift::EscalationTarget::Fee)), four())
}

/// Forty members that one federation pays for: more than a page of lines.
pub(crate) fn forty() -> Vec<(Member, u32)> {
    (0..40_u32)
        .map(|place| {
            let code = format!("{:04}", 101 + place);
            (member(&code, &format!("Exempelkommun {}", place + 1)), 4_000 + place * 3_331)
        })
        .collect()
}

/// Names that a careless program takes for something else, and one without end.
pub(crate) const HOSTILE: [&str; 9] = [
    "Älv & Kust <AB> \"x\" 'y' ]]>",
    "#emph[nej] *fet* _kursiv_ $x^2$ @ref <märke> `kod` \\ // /* */",
    "#panic(\"nej\") #read(\"/etc/passwd\") #import \"x.typ\"",
    "=1+1",
    "+46 10 000 00 00",
    "@SUM(A1:A9)",
    "- lista",
    "עיריית שטוקהולם",
    "بلدية ستوكهولم",
];

pub(crate) fn hostile() -> Made {
    let endless = "Ändlöskommun".repeat(17)[..200.min("Ändlöskommun".repeat(17).len())].to_owned();
    let spaced = "Mycket långa namnets samverkansförbund i västra och östra ".repeat(4);
    let mut names: Vec<String> = HOSTILE.iter().map(|name| (*name).to_owned()).collect();
    names.extend([endless, spaced.trim().to_owned()]);
    let members = names.iter().enumerate().map(|(place, name)| {
        let code = format!("{:04}", 101 + place);
        (Member { name: name.clone(), ..member(&code, "") }, 10_001 + place as u32)
    });
    let buyer = Buyer {
        name: text(&names[0]),
        trading_name: Some(text(&names[1])),
        address: address(&[&names[2], &names[7], &names[9]]),
        buyer_reference: Some(text(&names[9])),
        order_reference: Some(text(&names[8])),
        ..buyer()
    };
    invoice("hostile-names", &fees(tariff(), members.collect()), &buyer, standard("25"))
}

/// The longest names that municipalities and federations of Sweden bear.
fn longest() -> Made {
    let names =
        ["Upplands Väsby kommun", "Malung-Sälens kommun", "Östra Göinge kommun", "Smedjebackens kommun"];
    let members = names
        .iter()
        .enumerate()
        .map(|(place, name)| (member(&format!("{:04}", 101 + place), name), 14_021 + 9_973 * place as u32));
    let buyer = Buyer {
        name: text("Kommunalförbundet Västernorrlands läns gemensamma räddningstjänst, miljö och energi"),
        trading_name: Some(text("Dalslands miljö- och energiförbund")),
        address: address(&[
            "Enheten för ekonomisk redovisning och fakturahantering",
            "Nordmalings-Örträskvägen 118 B",
            "FE 4711",
        ]),
        ..buyer()
    };
    invoice("longest-names", &fees(tariff(), members.collect()), &buyer, outside_scope())
}

/// Forty members of a federation that are charged as one: one line that names them, and a step that has a place for each.
fn pooled() -> Made {
    let (split, lines) = (SplitKey::Population.into(), FederationLines::One);
    let mode = FederationMode::Pooled { split, lines };
    let federations = vec![Federation { payer: PayerId::new(PAYER), mode, origin: None }];
    let mut populations = Populations::new();
    for ((member, count), line) in forty().into_iter().zip(120..) {
        let figure = PopulationFigure::of_year_end(member.code, 2023, count).unwrap();
        let origin = Some(Origin::new("statistics/BE0101N1_2022-2024.csv", line, 21, 5));
        populations.add(PopulationFigure { origin, ..figure }).unwrap();
    }
    let basis = Basis {
        members: forty().into_iter().map(|(member, _)| member).collect(),
        tariffs: Tariffs::new(vec![Tariff { federations, ..tariff() }]).unwrap(),
        populations,
        ..Basis::default()
    };
    let fees = basis.assess_year(FeeYear::new(2024).unwrap(), PopulationMode::Published).unwrap();
    let made = invoice("federation-pooled", &fees, &buyer(), outside_scope());
    // What is told of one of them is told of all.
    Made { explanations: made.explanations.into_iter().take(2).collect(), ..made }
}

/// The second instalment of the part with VAT.
fn in_part(fees: &YearOfFees) -> Made {
    let invoice = cuts(fees, &buyer()).remove(3);
    let mine = |fee: &&Assessment| fee.payer().as_str() == PAYER;
    let explain = |fee| invoice.content.explanation(fee, Language::Swedish);
    Made {
        name: "part-in-instalment",
        explanations: fees.assessments.iter().filter(mine).map(explain).collect(),
        document: Either::Invoice(invoice),
        letterhead: Letterhead::default(),
    }
}

/// One of every kind.
pub(crate) fn all() -> Vec<Made> {
    let plain = fees(tariff().indexed(clause(avgift::EscalationTarget::Fee)), one(32_446));
    let federation = federation_fees();
    let english = Buyer { language: Language::English, ..buyer() };
    let taken_back = issued(&federation, &buyer(), &agreement(standard("25")));
    vec![
        invoice("invoice-25", &plain, &buyer(), standard("25")),
        invoice("invoice-exempt", &plain, &buyer(), exempt()),
        invoice("invoice-outside-scope", &plain, &buyer(), outside_scope()),
        invoice("federation-of-four", &federation, &buyer(), standard("25")),
        invoice("federation-of-forty", &fees(tariff(), forty()), &buyer(), standard("25")),
        invoice("english", &federation, &english, standard("25")),
        Made {
            name: "draft",
            document: Either::Invoice(draft(&federation, &buyer(), &agreement(outside_scope()))),
            explanations: explained(&federation, Language::Swedish),
            letterhead: Letterhead::default(),
        },
        Made {
            name: "credit-note",
            document: Either::CreditNote(credited(&taken_back)),
            explanations: explained(&federation, Language::Swedish),
            letterhead: Letterhead::default(),
        },
        in_part(&federation),
        longest(),
        hostile(),
        Made {
            letterhead: crate::letterhead::dressed(),
            ..invoice("letterhead", &plain, &buyer(), standard("25"))
        },
        Made {
            letterhead: crate::letterhead::own_template(),
            ..invoice("own-template", &plain, &buyer(), standard("25"))
        },
        pooled(),
    ]
}
