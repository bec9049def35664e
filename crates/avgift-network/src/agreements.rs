//! Agreements: `[[agreement]]` of network.toml: who is host when, and on what terms it invoices.
//! Rule:    host, terms, VAT and account belong to an agreement with dates, and a fee year to one of them. VAT has no
//!          default; without it fees are computed and invoices refused.
//! Errors:  VatMustBeSet, NumbersMustBeSet, SettingMustBeGiven and the others of `settings`, the core's of hosts, those of
//!          `numbers`, the invoice's of numbers.

use avgift::{FeeYear, Host, Origin, Period, Refusal, check_hosts};
use avgift_invoice::{
    Agreement, Contact, Division, ExemptionCode, Letterhead, OcrMode, PayableRounding, PaymentTerms,
    PostalAddress, Seller, Text, VatRate, VatTreatment,
};

use crate::bank::{self, Bank};
use crate::bookkeeping::{self, Bookkeeping};
use crate::division::{self, Charging};
use crate::error::Error;
use crate::folder::Folder;
use crate::late::{self, Late};
use crate::letterhead;
use crate::numbers::{self, Numbers};
use crate::settings::Section;

/// An agreement with a host: its dates, and what of its terms is set.
#[derive(Debug, Clone)]
pub struct AgreementVersion {
    host: Host,
    origin: Origin,
    vat: Option<VatTreatment>,
    charging: Charging,
    terms: Option<Terms>,
    letterhead: Letterhead,
    numbers: Option<Numbers>,
    bookkeeping: Option<Bookkeeping>,
    late: Late,
}

/// Who invoices, and how it is paid.
#[derive(Debug, Clone)]
struct Terms {
    seller: Seller,
    payment_terms: PaymentTerms,
    /// Where the due date or the days to pay stand.
    payment_origin: Option<Origin>,
    late_interest: Option<Text>,
    ocr_mode: OcrMode,
    payable_rounding: PayableRounding,
    bank: Bank,
}

impl AgreementVersion {
    /// The host, and from which day to which.
    #[must_use]
    pub fn host(&self) -> &Host {
        &self.host
    }

    /// Where it stands.
    #[must_use]
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Who invoices, where it is set.
    #[must_use]
    pub fn seller(&self) -> Option<&Seller> {
        self.terms.as_ref().map(|terms| &terms.seller)
    }

    /// What an OCR reference carries after the number, where a seller is set.
    #[must_use]
    pub fn ocr_mode(&self) -> Option<OcrMode> {
        self.terms.as_ref().map(|terms| terms.ocr_mode)
    }

    /// The accounts that members pay to besides the seller's bankgiro number, and what a payment may be off, where a seller is
    /// set.
    #[must_use]
    pub fn bank(&self) -> Option<&Bank> {
        self.terms.as_ref().map(|terms| &terms.bank)
    }

    /// How the fees of a year are charged: in parts, in instalments, or as a whole and at once.
    ///
    /// # Errors
    /// None for an agreement that was read without a fault.
    pub fn division(&self, year: FeeYear) -> Result<Division, Refusal> {
        self.charging.division(year).map_err(|error| error.refusal())
    }

    /// The books of the host, where they are set.
    #[must_use]
    pub fn bookkeeping(&self) -> Option<&Bookkeeping> {
        self.bookkeeping.as_ref()
    }

    /// What is charged of who pays late; nothing where it is not set.
    #[must_use]
    pub fn late(&self) -> &Late {
        &self.late
    }

    /// How its documents look.
    #[must_use]
    pub fn letterhead(&self) -> &Letterhead {
        &self.letterhead
    }

    /// How its documents are numbered, where it is set.
    #[must_use]
    pub fn numbers(&self) -> Option<&Numbers> {
        self.numbers.as_ref()
    }

    /// How its documents are numbered, for who is about to issue one.
    ///
    /// # Errors
    /// `NumbersMustBeSet`, at the agreement.
    pub fn numbers_for_issue(&self) -> Result<&Numbers, Refusal> {
        self.numbers.as_ref().ok_or_else(|| {
            Error::NumbersMustBeSet { host: self.host.name.clone(), origin: self.origin.clone() }.refusal()
        })
    }

    /// The agreement for an invoice.
    ///
    /// # Errors
    /// `VatMustBeSet`, `SettingMustBeGiven` for the seller.
    pub(crate) fn for_invoices(&self, network: &Text) -> Result<Agreement, Vec<Refusal>> {
        let mut faults = Vec::new();
        if self.vat.is_none() {
            let error = Error::VatMustBeSet { host: self.host.name.clone(), origin: self.origin.clone() };
            faults.push(error.refusal());
        }
        if self.terms.is_none() {
            let error = Error::SettingMustBeGiven {
                key: "seller",
                section: format!("the agreement with `{}`", self.host.name),
                hint: "…, and `payment`: who invoices, and how it is paid",
                origin: self.origin.clone(),
            };
            faults.push(error.refusal());
        }
        match (&self.vat, &self.terms) {
            (Some(vat), Some(terms)) => Ok(Agreement {
                network: network.clone(),
                seller: terms.seller.clone(),
                vat: vat.clone(),
                terms: terms.payment_terms,
                late_interest: terms.late_interest.clone(),
                ocr_mode: terms.ocr_mode,
                payable_rounding: terms.payable_rounding,
                origin: terms.payment_origin.clone(),
            }),
            _ => Err(faults),
        }
    }
}

/// All agreements of the file; those with faults are left out, and the faults noted.
pub(crate) fn read(root: &Section<'_, '_>, folder: &Folder) -> Vec<AgreementVersion> {
    if !root.has("agreement") {
        root.missing("[[agreement]]", "with `host`");
    }
    let agreements: Vec<AgreementVersion> = root
        .sections("agreement")
        .into_iter()
        .filter_map(|section| agreement(section, folder, root.has("reference_rate")))
        .collect();
    let hosts: Vec<&Host> = agreements.iter().map(AgreementVersion::host).collect();
    if let Err(errors) = check_hosts(&hosts) {
        errors.iter().for_each(|error| root.fault(error.refusal()));
    }
    let numbered: Vec<_> = agreements
        .iter()
        .filter_map(|agreement| Some((agreement.seller()?.organisation_number, agreement.numbers()?)))
        .collect();
    numbers::check(&numbered).iter().for_each(|error| root.fault(error.refusal()));
    agreements
}

fn agreement(section: Section<'_, '_>, folder: &Folder, has_rates: bool) -> Option<AgreementVersion> {
    let name = section.required::<Text>("host", "\"Huvudmannen\"");
    let period = Period {
        from: section.date("from").map(|day| day.value),
        to: section.date("to").map(|day| day.value),
    };
    let charging = division::read(&section, vat);
    // Of parts each has its own; the first stands in for that of the whole.
    let of_parts = charging.as_ref().and_then(|charging| charging.vat.clone());
    let vat = of_parts.or_else(|| section.section("vat").and_then(vat));
    let seller = section.section("seller").map(seller);
    let is_in_instalments = section.has("instalment");
    let payment = match section.section("payment") {
        None if is_in_instalments => Some(Some(Payment::of_instalments(section.origin()))),
        found => found.map(|found| payment(found, is_in_instalments)),
    };
    let letterhead = section.section("document").map(|section| letterhead::read(section, folder));
    let numbers = section.section("numbers").and_then(numbers::read);
    let bookkeeping = section.section("bookkeeping").map(bookkeeping::read);
    let late = section.section("late").map(|section| late::read(section, has_rates)).unwrap_or_default();
    if !section.has("seller") {
        section.needs("numbers", "seller, with organisation number, bankgiro and the rest");
    }
    let terms = match (seller, payment) {
        (Some(seller), Some(payment)) => Some((seller?, payment?)),
        (Some(_), None) => {
            section.missing("payment", "{ days = 30 }");
            None
        }
        (None, _) => None,
    };
    let origin = section.origin();
    section.finish();
    let terms = terms.map(|(seller, payment)| Terms {
        seller,
        payment_terms: payment.terms,
        payment_origin: payment.origin,
        late_interest: payment.late_interest,
        ocr_mode: payment.ocr_mode,
        payable_rounding: payment.rounding,
        bank: payment.bank,
    });
    let host = Host { name: name?.value.to_string(), period, origin: Some(origin.clone()) };
    let letterhead = letterhead.unwrap_or_default();
    let charging = charging?;
    Some(AgreementVersion { host, origin, vat, charging, terms, letterhead, numbers, bookkeeping, late })
}

/// `vat = { category = "S", rate = 25 }`, or "E" or "O" with a reason.
fn vat(section: Section<'_, '_>) -> Option<VatTreatment> {
    if !section.has("category") {
        section.missing("category", "\"S\", \"E\" or \"O\"");
    }
    let category = section.choice("category", &[("S", 'S'), ("E", 'E'), ("O", 'O')]);
    let rate = section.parsed::<VatRate>("rate");
    let reason = section.parsed::<Text>("reason");
    let code = section.parsed::<ExemptionCode>("code");
    let needs_reason = || {
        if reason.is_none() && !section.has("reason") {
            section.missing("reason", "\"…\", as it is to stand on the invoice");
        }
        reason.as_ref().map(|reason| reason.value.clone())
    };
    let vat = match category {
        Some('S') => {
            if !section.has("rate") {
                section.missing("rate", "25");
            }
            rate.map(|rate| VatTreatment::Standard(rate.value))
        }
        Some('E') => {
            needs_reason().map(|reason| VatTreatment::Exempt { reason, code: code.map(|code| code.value) })
        }
        Some(_) => needs_reason().map(|reason| VatTreatment::OutsideScope { reason }),
        None => None,
    };
    let without_effect: &[(&'static str, &'static str)] = match category {
        Some('S') => &[("reason", "where there is VAT"), ("code", "where there is VAT")],
        Some('E') => &[("rate", "where there is no VAT")],
        Some(_) => {
            &[("rate", "where there is no VAT"), ("code", "outside the scope: it is always VATEX-EU-O")]
        }
        None => &[],
    };
    for (key, beside) in without_effect {
        section.without_effect(key, beside);
    }
    section.finish();
    vat
}

fn seller(section: Section<'_, '_>) -> Option<Seller> {
    let text = |key| section.parsed::<Text>(key).map(|text| text.value);
    for (key, hint) in [
        ("legal_name", "\"Huvudmannen\""),
        ("organisation_number", "\"…\""),
        ("f_tax", "true or false"),
        ("street", "\"Gatan 1\""),
        ("postcode", "\"100 01\""),
        ("city", "\"Orten\""),
        ("bankgiro", "\"…\""),
    ] {
        if !section.has(key) {
            section.missing(key, hint);
        }
    }
    let legal_name = text("legal_name");
    let organisation_number = section.parsed("organisation_number");
    let vat_number = section.parsed("vat_number");
    let approved_for_f_tax = section.boolean("f_tax");
    let seat = section.text("seat");
    let street = text("street");
    let street2 = text("street2");
    let postcode = section.parsed("postcode");
    let city = text("city");
    let electronic_address = section.parsed("endpoint");
    let contact = Contact { name: text("contact"), telephone: text("phone"), email: text("email") };
    let bankgiro = section.parsed("bankgiro");
    let trading_name = text("name");
    let legal_information = seat.and_then(|seat| {
        Text::new(format!("Säte: {}", seat.value))
            .map_err(|error| section.fault(error.refusal().at(seat.origin.as_ref(), "this value")))
            .ok()
    });
    let origin = section.origin();
    let lines = [street, street2].into_iter().flatten().collect();
    section.finish();
    Some(Seller {
        name: legal_name?,
        trading_name,
        organisation_number: organisation_number?.value,
        vat_number: vat_number.map(|number| number.value),
        approved_for_f_tax: approved_for_f_tax?,
        legal_information,
        electronic_address: electronic_address.map(|address| address.value),
        address: PostalAddress::new(lines, postcode?.value, city?).ok()?,
        contact: Some(contact).filter(|contact| *contact != Contact::default()),
        bankgiro: bankgiro?.value,
        origin: Some(origin),
    })
}

struct Payment {
    terms: PaymentTerms,
    origin: Option<Origin>,
    late_interest: Option<Text>,
    ocr_mode: OcrMode,
    rounding: PayableRounding,
    bank: Bank,
}

impl Payment {
    /// The terms of instalments, each of which has its due date.
    fn of_instalments(origin: Origin) -> Payment {
        Payment {
            terms: PaymentTerms::DaysNet(0),
            origin: Some(origin),
            late_interest: None,
            ocr_mode: OcrMode::default(),
            rounding: PayableRounding::default(),
            bank: Bank::default(),
        }
    }
}

fn payment(section: Section<'_, '_>, is_in_instalments: bool) -> Option<Payment> {
    let days = section.integer("days", 0, 365);
    let due = section.date("due");
    match is_in_instalments {
        true => {
            for key in ["days", "due"] {
                section.without_effect(key, "beside `[[agreement.instalment]]`: each has its own due date");
            }
        }
        false if !section.has("days") && !section.has("due") => section.missing("days", "30"),
        false => {}
    }
    if due.is_some() {
        section.without_effect("days", "beside `due`");
    }
    let terms = match (days, due) {
        (_, Some(due)) => Some((PaymentTerms::On(due.value), due.origin)),
        (Some(days), None) => {
            u16::try_from(days.value).ok().map(|net| (PaymentTerms::DaysNet(net), days.origin))
        }
        (None, None) if is_in_instalments => Some((PaymentTerms::DaysNet(0), Some(section.origin()))),
        (None, None) => None,
    };
    let late_interest = section.parsed::<Text>("late_interest").map(|text| text.value);
    let ocr = section.choice("ocr", &[("check+length", OcrMode::CheckAndLength), ("check", OcrMode::Check)]);
    let roundings = [("krona", PayableRounding::Krona), ("none", PayableRounding::None)];
    let rounding = section.choice("payable_rounding", &roundings);
    let bank = bank::read(&section);
    section.finish();
    let (terms, origin) = terms?;
    let (ocr_mode, rounding) = (ocr.unwrap_or_default(), rounding.unwrap_or_default());
    Some(Payment { terms, origin, late_interest, ocr_mode, rounding, bank })
}
