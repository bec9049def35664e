//! Part: a fee that is not charged as a whole: in parts, each with its VAT, or in instalments, or in both.
//! Rule:    parts with one VAT treatment stand on one invoice, a line each; another treatment is another invoice, so that
//!          what lies outside the scope of VAT stands beside nothing else (BR-O-11 to BR-O-14). Each instalment of each is an
//!          invoice of its own. A line shows the whole fee with its proof, less what other parts and instalments charge.
//! Example: 11 350 kr in parts of 10 and 90 %: a line of 11 350 × 1,00 less 10 215,00 on one invoice, less 1 135,00 on the other.
//! Errors:  those of `avgift::FeeParts` and `avgift::Instalments`, DocumentMustAddUp.

use avgift::{Assessment, Explanation, FeePart, FeeParts, Language, PartSize, Sek, present};
use serde::{Deserialize, Serialize};

use crate::document::{Content, Document};
use crate::error::Error;
use crate::instalment::{InstalmentOf, InstalmentRow, Schedule};
use crate::line::{Adjustment, Line};
use crate::text::Text;
use crate::vat::VatTreatment;
use crate::wording;

/// A part of the fee, and how it stands to VAT.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VatPart {
    /// The part.
    pub part: FeePart,
    /// How it stands to VAT.
    pub vat: VatTreatment,
}

/// How a network charges its fees: as a whole and at once, unless it says otherwise.
///
/// ```
/// use avgift::{FeePart, PartSize};
/// use avgift_invoice::{Division, Text, VatPart, VatRate, VatTreatment};
/// let part = |name: &str, size| FeePart { name: name.into(), size, origin: None };
/// let outside = VatTreatment::OutsideScope { reason: Text::new("Medlemsavgift, ej momspliktig")? };
/// let membership = VatPart { part: part("Medlemsavgift", PartSize::Share("10 %".parse()?)), vat: outside };
/// let service = VatPart { part: part("Serviceavgift", PartSize::Rest), vat: VatTreatment::Standard(VatRate::TwentyFive) };
/// let division = Division::default().in_parts(vec![membership, service]).map_err(|mut errors| errors.remove(0))?;
/// assert!(division.is_in_parts());
/// # Ok::<(), avgift_invoice::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Division {
    parts: Option<(FeeParts, Vec<VatTreatment>)>,
    instalments: Option<Schedule>,
}

impl Division {
    /// The same, with the fee in parts.
    ///
    /// # Errors
    /// Those of [`FeeParts::new`], all at once.
    pub fn in_parts(self, parts: Vec<VatPart>) -> Result<Division, Vec<avgift::Error>> {
        let (parts, vat) = parts.into_iter().map(|VatPart { part, vat }| (part, vat)).unzip();
        Ok(Division { parts: Some((FeeParts::new(parts)?, vat)), ..self })
    }

    /// The same, with each part in instalments, the earliest first.
    ///
    /// # Errors
    /// `InstalmentsMustBeSeveral`, `PortionsMustSumToTheWhole`.
    pub fn in_instalments(self, rows: Vec<InstalmentRow>) -> Result<Division, avgift::Error> {
        Ok(Division { instalments: Some(Schedule::new(rows)?), ..self })
    }

    /// Whether the fee is charged in parts.
    #[must_use]
    pub const fn is_in_parts(&self) -> bool {
        self.parts.is_some()
    }

    /// Whether the fee is charged in instalments.
    #[must_use]
    pub const fn is_in_instalments(&self) -> bool {
        self.instalments.is_some()
    }

    /// What stands on each invoice of a payer: the instalments in their order, and of each the parts by their VAT, in the order
    /// of the parts. `vat` is that of a fee without parts.
    pub(crate) fn charges(&self, vat: &VatTreatment) -> Vec<Charge> {
        let mut groups: Vec<(VatTreatment, Vec<String>)> = Vec::new();
        match &self.parts {
            None => groups.push((vat.clone(), Vec::new())),
            Some((parts, treatments)) => {
                for (part, vat) in parts.iter().zip(treatments) {
                    match groups.iter_mut().find(|(of, _)| of == vat) {
                        Some((_, names)) => names.push(part.name.clone()),
                        None => groups.push((vat.clone(), vec![part.name.clone()])),
                    }
                }
            }
        }
        let parts = self.parts.as_ref().map(|(parts, _)| parts);
        let instalments = self.instalments.as_ref().map_or_else(|| vec![None], Schedule::each);
        let mut charges = Vec::new();
        for instalment in instalments {
            for (vat, names) in &groups {
                let cut =
                    Cut { parts: parts.cloned(), instalment: instalment.as_ref().map(|(of, _)| of.clone()) };
                charges.push(Charge {
                    vat: vat.clone(),
                    cut: (cut != Cut::default()).then_some(cut),
                    parts: names.clone(),
                    row: instalment.as_ref().map(|(_, row)| row.clone()),
                });
            }
        }
        charges
    }
}

/// What one invoice of a payer charges.
#[derive(Debug, Clone)]
pub(crate) struct Charge {
    pub(crate) vat: VatTreatment,
    pub(crate) cut: Option<Cut>,
    /// The parts that stand on it; none where the fee is in one.
    pub(crate) parts: Vec<String>,
    pub(crate) row: Option<InstalmentRow>,
}

impl Charge {
    /// The whole fee at once.
    pub(crate) fn whole(vat: VatTreatment) -> Charge {
        Charge { vat, cut: None, parts: Vec::new(), row: None }
    }

    /// What stands on it of each fee: a name of a part, or nothing for the fee in one.
    pub(crate) fn of_each_fee(&self) -> Vec<Option<&str>> {
        match self.parts.as_slice() {
            [] => vec![None],
            parts => parts.iter().map(|part| Some(part.as_str())).collect(),
        }
    }
}

/// What of a fee a document charges, where it is not the whole: how the fee is divided, and which of its instalments this is. It
/// is stored with the document, so that its amounts can be computed again.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Cut {
    /// All parts of the fee; none where it is in one. Which of them stand on a document, its lines say.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub parts: Option<FeeParts>,
    /// The instalment; none where all is paid at once.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub instalment: Option<InstalmentOf>,
}

impl Cut {
    /// What it leaves of a fee, or of a part of it: first that part, then its instalment.
    ///
    /// # Errors
    /// Those of [`FeeParts::divide`] and [`avgift::Instalments::divide`].
    pub fn amount(&self, part: Option<&str>, fee: &Assessment) -> Result<Sek, avgift::Error> {
        let of_part = self.of_part(part, fee)?;
        match &self.instalment {
            Some(instalment) => instalment.amount(of_part, fee.rounding()),
            None => Ok(of_part),
        }
    }

    /// What a part comes to before it is paid in instalments; a part that there is not comes to nothing.
    fn of_part(&self, part: Option<&str>, fee: &Assessment) -> Result<Sek, avgift::Error> {
        match (&self.parts, part) {
            (None, _) => Ok(fee.fee()),
            (Some(parts), part) => {
                let place = part.and_then(|part| parts.place(part));
                let amounts = parts.divide(fee)?;
                Ok(place.and_then(|place| amounts.get(place)).copied().unwrap_or_default())
            }
        }
    }

    /// The words that tell a part and an instalment from the others of a fee: nothing for a fee in one and at once.
    #[must_use]
    pub fn words(&self, part: Option<&str>) -> Vec<String> {
        let part = part.into_iter().flat_map(|part| ["part".to_owned(), part.to_owned()]);
        let number = self.instalment.iter().map(|instalment| instalment.number.to_string());
        part.chain(number.flat_map(|number| ["instalment".to_owned(), number])).collect()
    }

    /// The words of how the fee is divided: those of two documents are the same where what they charge is cut from one whole.
    #[must_use]
    pub fn division_words(&self) -> Vec<String> {
        let size = |part: &FeePart| match &part.size {
            PartSize::Share(portion) => portion.to_string(),
            PartSize::Components(names) => names.join("; "),
            PartSize::Rest => "rest".to_owned(),
        };
        let parts = self.parts.iter().flat_map(FeeParts::iter);
        let parts = parts.flat_map(|part| ["part".to_owned(), part.name.clone(), size(part)]);
        let instalments = self.instalment.iter().flat_map(InstalmentOf::division_words);
        parts.chain(instalments).collect()
    }

    /// The part of a line, for people: `Del: Serviceavgift 90 %`.
    fn part_text(&self, name: &str, language: Language) -> String {
        let Some(parts) = &self.parts else { return name.to_owned() };
        let place = parts.place(name);
        let share = place.and_then(|place| parts.share_text(place, language));
        let size = place.and_then(|place| parts.iter().nth(place)).map(|part| &part.size);
        match (share, size) {
            (Some(share), _) => language.tell("part-of-fee-share", &[("part", name), ("share", &share)]),
            (None, Some(PartSize::Components(names))) => {
                let names = names.join(", ");
                language.tell("part-of-fee-components", &[("part", name), ("components", &names)])
            }
            (None, _) => language.tell("part-of-fee-rest", &[("part", name)]),
        }
    }
}

impl Line {
    /// The line of a fee, with what is cut from it: other parts, then other instalments of the same part.
    pub(crate) fn cut(
        self,
        cut: &Cut,
        part: Option<&str>,
        fee: &Assessment,
        language: Language,
    ) -> Result<Line, Error> {
        let (of_part, amount) = (cut.of_part(part, fee)?, cut.amount(part, fee)?);
        let others = self.net_amount.minus(of_part)?;
        let others = part.and_then(|part| Adjustment::left_out(others, cut.part_text(part, language)));
        let later = of_part.minus(amount)?;
        let later = cut.instalment.as_ref().and_then(|one| Adjustment::left_out(later, one.text(language)));
        let name = wording::cut_line_name(fee, part, cut.instalment.as_ref(), language);
        Ok(Line {
            name: Text::new(name)?,
            part: part.map(Text::new).transpose()?,
            adjustments: self.adjustments.into_iter().chain(others).chain(later).collect(),
            net_amount: amount,
            ..self
        })
    }
}

impl Content {
    /// The parts of the fee that stand on the document, in the order of their first lines; none where the fee is in one.
    #[must_use]
    pub fn parts(&self) -> Vec<&Text> {
        let mut parts = Vec::new();
        for part in self.lines.iter().filter_map(|line| line.part.as_ref()) {
            if !parts.contains(&part) {
                parts.push(part);
            }
        }
        parts
    }

    /// What tells the documents of one payer apart in the names of files: `-serviceavgift-delbetalning-2`; nothing for a fee in
    /// one and at once.
    #[must_use]
    pub fn file_suffix(&self) -> String {
        let of_parts = self.cut.as_ref().and_then(|cut| cut.parts.as_ref());
        let is_here = |part: &&FeePart| self.parts().iter().any(|here| here.as_str() == part.name);
        let parts = of_parts.iter().flat_map(|parts| parts.iter()).filter(is_here);
        let mut suffix: String = parts.map(|part| format!("-{}", part.file_name())).collect();
        if let Some(instalment) = self.cut.as_ref().and_then(|cut| cut.instalment.as_ref()) {
            suffix.push_str(&format!("-{}-{}", wording::INSTALMENT, instalment.number));
        }
        suffix
    }

    /// Why a fee on the document is what it is; where it is cut, with what stands here of it.
    #[must_use]
    pub fn explanation(&self, fee: &Assessment, language: Language) -> Explanation {
        let mut explanation = fee.explanation(language);
        explanation.remarks.extend(self.charged_here(fee, language));
        explanation
    }

    /// What stands on the document of a fee that is cut, a sentence a line; nothing for a fee in one and at once.
    #[must_use]
    pub fn charged_here(&self, fee: &Assessment, language: Language) -> Vec<String> {
        let of_fee = |line: &&Line| self.cut.is_some() && line.municipality == fee.code();
        let here = self.lines.iter().filter(of_fee).map(|line| {
            let amount = line.net_amount.text(language);
            language.tell("charged-here", &[("line", line.name.as_str()), ("amount", &amount)])
        });
        here.collect()
    }

    /// What of the fee the document charges, for people: `Serviceavgift, delbetalning 1 av 2`; nothing for a fee in one and at once.
    #[must_use]
    pub fn cut_text(&self, language: Language) -> Option<String> {
        let instalment = self.cut.as_ref()?.instalment.as_ref();
        let parts: Vec<&str> = self.parts().into_iter().map(Text::as_str).collect();
        wording::cut(&parts, instalment, language)
    }
}

impl Document<'_> {
    /// Each line is of a part that there is, and the instalment is one of them.
    pub(crate) fn check_cut(self) -> Result<(), Error> {
        let content = self.content();
        let parts = content.cut.as_ref().and_then(|cut| cut.parts.as_ref());
        for line in &content.lines {
            let part = line.part.as_ref().map(Text::as_str);
            let is_known = match (parts, part) {
                (Some(parts), Some(part)) => parts.place(part).is_some(),
                (None, None) => true,
                _ => false,
            };
            if !is_known {
                let found = part.unwrap_or("none");
                return Err(self.differs(format!("the part of line {}", line.id), found, "another"));
            }
        }
        match content.cut.as_ref().and_then(|cut| cut.instalment.as_ref()) {
            Some(instalment) if !instalment.is_one_of_them() => Err(self.differs(
                "the instalment",
                instalment.number,
                format!("1 to {}", instalment.of.count()),
            )),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests;
