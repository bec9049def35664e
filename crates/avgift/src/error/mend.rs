//! Mend: how each refusal is mended, with the user's own figures where they help.

use chrono::Datelike as _;
use rust_decimal::Decimal;

use super::{Error, sought_word};
use crate::index::IndexStatus;
use crate::language::{Language, date_text};
use crate::number::{could_group_thousands, decimal_text, grouped, parse_decimal};
use crate::publication::PublishedFigure;

impl Error {
    /// How to mend it.
    pub(super) fn mend(&self) -> String {
        match self {
            Error::AmountMustNotOverflow => "look for a misplaced decimal mark among the figures".into(),
            Error::AmountMustBeInKronor { text } => {
                two_readings(text, " kr", 2).unwrap_or_else(|| "write `15 000 kr` or `15000.50`".into())
            }
            Error::RateMustBeInKronor { text } => two_readings(text, " kr", 6).unwrap_or_else(|| {
                "write `1,50 kr` or `1.50`, and nothing after it; 80 öre are `0,80 kr`".into()
            }),
            Error::MunicipalityCodeMustBeFourDigits { text } if text.len() == 3 && text.parse::<u16>().is_ok() => {
                format!("write `0{text}`: a spreadsheet has taken the leading zero away")
            }
            Error::MunicipalityCodeMustBeFourDigits { .. } => "write the four digits, `0114`".into(),
            Error::InhabitantsMustBeInRange { text } => two_readings(text, "", 0).unwrap_or_else(|| {
                "write the number alone, `150000`; that of a municipality stands in Statistics Sweden's table".into()
            }),
            Error::YearMustBeInRange { .. } => "write the year with four digits, `2024`".into(),
            Error::MonthMustBeAMonth { text } => month_meant(text),
            Error::PortionMustBeInPercent { .. } => "write `17,5 %` or `0,1098 ‰`".into(),
            Error::FigureMustBeANumber { text } => {
                two_readings(text, "", 6).unwrap_or_else(|| "write the number alone, `6 891 204 300`".into())
            }
            Error::ShareMustBeWithinTheYear { .. } => "count the units again".into(),
            Error::PopulationMustBeUnique { .. } => {
                "keep the file that Statistics Sweden published last, and take the other out of statistics/".into()
            }
            Error::PopulationMustExist { reference_date, published, .. } => match published {
                Some(published) => format!(
                    "download the table with {} into statistics/ ({}); it is published {}",
                    date_text(*reference_date, Language::English),
                    if reference_date.month() == 11 { "FolkmangdNov" } else { "BefolkningNy, from 2025 BefolkningCKM" },
                    published.text()
                ),
                None if reference_date.succ_opt().is_some_and(|next| next.day() == 1) => {
                    "download the table of populations by month (BefolkManad, from 2025 BefolkManadCKM) into statistics/".into()
                }
                None => "choose a day that is published, `12-31`, `11-01` or the last of a month; 1 January is `12-31` with \
                         one more in `lag_years`"
                    .into(),
            },
            Error::PopulationMustBePublished { .. } => {
                "check the municipality's code in that year, and download the table anew".into()
            }
            Error::FigureMustBeKnown { figure, .. } => match &**figure {
                PublishedFigure::Population(_) => {
                    "wait until then and ask for a later day, or compute with `--preliminary` on the newest that was known".into()
                }
                _ => "wait until then and ask for a later day, or choose a longer lag in the clause".into(),
            },
            Error::PublicationMustBeKnown { .. } => {
                "look the day up and state it in a `[[publication]]` of network.toml, or leave out `--as-known-on`".into()
            }
            Error::PublicationMustStandOnce { .. } => "keep one of the two, and take the other out".into(),
            Error::PublicationMustFollowItsFigure { stated } => match stated.figure.last_day() {
                Some(last) => format!("state the day that it came, after {}", date_text(last, Language::English)),
                None => "state the day that it came".into(),
            },
            Error::IndexFigureMustBeInRange { .. } => "write the figure as published, `142,6`".into(),
            Error::IndexFigureMustBeUnique { .. } => "keep one of the two, and take the other out".into(),
            Error::IndexSeriesMustBeKnown { known, .. } => {
                let read = known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
                let read = if known.is_empty() { read } else { format!("write one of those read, {read}, or ") };
                format!(
                    "{read}put the table of Statistics Sweden into statistics/ and name the series in an `[[index]]`, or the \
                     figures in a file with the header `series,period,value,status`"
                )
            }
            Error::IndexFigureMustExist { newest: Some(newest), .. } => format!(
                "download the series anew; the newest figure on file is for {newest}. Or choose a longer lag in the clause"
            ),
            Error::IndexFigureMustExist { newest: None, status, .. } => {
                format!("the series has no {status} figures on file: download them, or let `status` ask for the other kind")
            }
            Error::IndexFigureMustBePublished { missing } if missing.status == IndexStatus::Preliminary => {
                "wait until it is published and download the table anew, or choose a longer lag in the clause".into()
            }
            Error::IndexFigureMustBePublished { .. } | Error::IndexFigureMustBeFinal { .. } => {
                "choose a longer lag in the clause, or let `status` ask for preliminary figures at both ends".into()
            }
            Error::IndexSeriesMustMatch { .. } => "take both figures from one series".into(),
            Error::IndexMonthMustMatch { .. } => "take the figure for the same month".into(),
            Error::IndexStatusMustMatch { .. } => "take two figures of the same status".into(),
            Error::IndexBaseMustNotBeLater { .. } => {
                "set `base` to the month of the tariff's price level, or add the tariff of that year".into()
            }
            Error::PercentMustBeAChange { .. } => "write `3,2 %` or `-0,5 %`".into(),
            Error::PartMustBeWithinTheWhole { .. } => "write `90 %`".into(),
            Error::IndexTermsMustAgree { conflict, .. } => conflict.mend().into(),
            Error::WeightsMustSumToTheWhole { .. } => {
                "correct a weight, or add the series that is missing".into()
            }
            Error::SpliceMustContinueTheSeries { before, .. } => {
                format!("set `at` to a later year than {}, as {}M{:02}", before.year(), before.year() + 1, before.month())
            }
            Error::ForecastMustBeUsed { .. } => {
                "correct its month, its series, or the fee year in `corrected`; or take it out".into()
            }
            Error::DecidedChangeMustStandOnce { .. } => "keep the one that was decided last".into(),
            Error::DecidedChangeMustFollowTheBase { first_year, .. } => format!(
                "take the row out, or set `base` so that the tariff's own year comes before {first_year}"
            ),
            Error::ChangeMustBeDecided { year, .. } => {
                format!("add the row of {year} with its decision, or a series to measure")
            }
            Error::FactorMustBeAboveZero { .. } => "look for a misplaced decimal mark or minus".into(),
            Error::FactorMustBeHeldExactly { .. } => {
                "let each year work on the printed tariff of the year before (`carried = \"printed\"`), if that is what was decided, \
                 or begin a new tariff at the price level of a later year".into()
            }
            Error::FloorMustNotExceedCeiling { .. } => "swap the two values, or set them as in the decision".into(),
            Error::EscalatedFloorMustNotExceedCeiling { .. } => {
                "let the index apply to both bounds, or to neither".into()
            }
            Error::TariffAmountMustNotBeNegative { .. } => "write the amount without the minus".into(),
            Error::RebateMustNotExceedTheFee { .. } => "write a portion of at most 100 %".into(),
            Error::TierMustHoldAPopulation { .. } => "swap the two ends, or correct one of them".into(),
            Error::TiersMustNotOverlap { population: 1, .. } => {
                "a tier without a lower end begins at 1: give each but the first its `from`, or `above` where the one before it ends"
                    .into()
            }
            Error::TiersMustNotOverlap { .. } => {
                "write which of the two holds it: `to` counts its end in, `below` does not".into()
            }
            Error::TiersMustNotLeaveAHole { .. } => {
                "let each tier begin where the one before it ends, and leave the end of the last one out".into()
            }
            Error::PortionsMustSumToTheWhole { .. } => "correct the portions, so that they sum to 100 %".into(),
            Error::TotalMustBeSharedWhole { .. } => {
                "take the one away, or let another tariff than a total have it".into()
            }
            Error::TotalMustHaveItsMembers { .. } => {
                "call `Schedule::among` with every member and its population first".into()
            }
            Error::MemberMustHaveAShare { member, .. } => {
                format!("give {} a share, or a class with a fee of its own", member.code)
            }
            Error::ShareMustBeOfAMember { .. } => {
                "look at the dates in `joined` and `left`, or decide the shares anew".into()
            }
            Error::KeyMustNotBeNothing { .. } => "look at the figures, or share by another key".into(),
            Error::FederationMustPayForAMember { .. } => {
                "look at the column `payer` of members.csv and at the dates in `joined` and `left`, or take the row away".into()
            }
            Error::FederationMembersMustBeAlike { payer, .. } => {
                format!("let a tariff of that year charge each member of `{payer}` by itself, without a mode or discounted")
            }
            Error::PooledFeeMustHangOnInhabitants { .. } => {
                "write `mode = \"flat\"` with an amount, `mode = \"discounted\"`, or take the row away".into()
            }
            Error::FederationMustHaveItsMembers { .. } => {
                "call `Schedule::among` with every member and its population first, or `Basis::assess_year`".into()
            }
            Error::TermMustStandOnce { .. } => "take one of the two away, or give it another name".into(),
            Error::BoundsMustComeBeforeTheShare { .. } => "set `order = \"after-bounds\"`".into(),
            Error::MemberClassMustBeKnown { known, .. } => {
                format!("write one of {}, or leave the class out", known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "))
            }
            Error::PartsMustHaveOneRest { .. } => "write `rest = true` in one part".into(),
            Error::SharesMustLeaveARest { .. } => {
                "write shares that sum to less than 100 %, and leave the share of the last part to `rest = true`".into()
            }
            Error::PartsMustBeOfOneKind { .. } => "let every part but the rest be a share, or none".into(),
            Error::PartMustNameAComponent { known, .. } if known.is_empty() => {
                "add a `[[tariff.component]]` of that name, or let the parts be shares".into()
            }
            Error::PartMustNameAComponent { known, .. } => {
                format!("write one of {}", known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "))
            }
            Error::PartMustHaveItsShare { .. } => {
                "let the parts be shares of the fee, or take the limit away for the year".into()
            }
            Error::InstalmentsMustBeSeveral { .. } => {
                "write a second `[[agreement.instalment]]`, or `days` or `due` under `[agreement.payment]` for a fee that is \
                 paid at once"
                    .into()
            }
            Error::LimitMustHaveItsPreviousFees { .. } => {
                "call `Schedule::after` with what each member paid the year before, or `Basis::assess_year`".into()
            }
            Error::PreviousFeeMustBeStated { member, .. } => {
                format!("add what {} paid under `[tariff.limit.previous]`", member.code)
            }
            Error::PreviousFeeMustBeOfAWholeYear { code, .. } => {
                format!("state what {code} would have paid for the whole year, under `[tariff.limit.previous]`")
            }
            Error::BulkFeesMustHangOnInhabitants { .. } => {
                "use `Schedule::assess` for each member; `Basis::assess_year` does so for all of a year".into()
            }
            Error::MemberMustHaveItsAmount { member, .. } => {
                format!("add the amount that was decided for {}", member.code)
            }
            Error::MemberMustHaveItsFigure { name, year, .. } => {
                format!("add a row with `{name}` for {year} to figures.csv")
            }
            Error::TariffsMustNotOverlap { .. } => {
                "let each begin in a year of its own; an earlier one ends by itself when the next begins, or with its `to`"
                    .into()
            }
            Error::TariffMustCoverYear { year, .. } => format!("add the tariff that was decided for {year}"),
            Error::MemberMustStandOnceAYear { .. } => {
                "end the first row before the second begins, at a turn of the year".into()
            }
            Error::MemberMustJoinBeforeItLeaves { .. } => "correct one of the two dates".into(),
            Error::JoiningDateMustBeKnown { .. } => {
                "write the day in `joined`, or the day to reckon with in `joined_assumed`: it is then named in the explanation"
                    .into()
            }
            Error::AssumedDateMustBeInItsYear { year, .. } => format!("assume a day in {year}"),
            Error::AssessmentMustReplay { .. } => {
                "hold what is stored against its backup, and against the figures and the decision that it names; correct a fee \
                 that was invoiced by a credit note and a new invoice"
                    .into()
            }
            Error::TargetFrameMustBeAttainable { range, .. } => {
                let (least, most) = (range.0.text(Language::English), range.1.map(|most| most.text(Language::English)));
                match most {
                    Some(most) => format!("ask for a frame from {least} to {most}, or change another amount too"),
                    None => format!("ask for a frame of {least} or more, or change another amount too"),
                }
            }
            Error::SoughtAmountMustNotBeChained { year, .. } => {
                format!("solve with a scenario whose tariff begins in {year}, or for the scale")
            }
            Error::SoughtAmountMustBeSet { sought, .. } => {
                let word = sought_word(*sought);
                format!("set a `{word}` in the tariff, or in a scenario; or solve for the scale, which every tariff has")
            }
            Error::GrowthMustBeInRange { .. } => "write `0,8 %` or `-0.8`".into(),
            Error::SolveStepMustBeAboveZero { .. } => "give a step above zero, such as `0,01 kr`".into(),
            Error::FeeYearMustHaveMembers { .. } => "look at the dates in `joined` and `left`".into(),
            Error::HostMustHoldTheWholeFeeYear { year, .. } => {
                format!("let one agreement run from {year}-01-01 or earlier to {year}-12-31 or later")
            }
            Error::HostsMustNotOverlap { .. } => "end the earlier agreement on the day before the later begins".into(),
        }
    }
}

/// The number before `kr`, where it could as well be a thousand times as much.
fn unclear(text: &str) -> Option<&str> {
    let number = text.strip_suffix("kr").unwrap_or(text).trim_end();
    Some(number).filter(|number| could_group_thousands(number))
}

pub(super) fn is_unclear(text: &str) -> bool {
    unclear(text).is_some()
}

/// How to write the two things that `15.000` could mean, where there may be so many decimals; nothing of a text that means one.
fn two_readings(text: &str, unit: &str, most: u32) -> Option<String> {
    let number = parse_decimal(unclear(text)?)?;
    let thousands = grouped((number * Decimal::ONE_THOUSAND).normalize().mantissa(), Language::Swedish);
    let plain = number.normalize();
    let decimals = decimal_text(plain, Language::Swedish);
    Some(match plain.scale() {
        scale if scale > most => format!("write `{thousands}{unit}`"),
        3 => format!("write `{thousands}{unit}` if thousands are meant, `{decimals}0{unit}` if not"),
        _ => format!("write `{thousands}{unit}` if thousands are meant, `{decimals}{unit}` if not"),
    })
}

/// How to write a month or a day, by what somebody wrote.
fn month_meant(text: &str) -> String {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let quarter = text.split_once(['K', 'Q']).filter(|(year, _)| digits(year) && year.len() == 4);
    let quarter = quarter.and_then(|(year, quarter)| Some((year, quarter.parse::<u32>().ok()?)));
    match (quarter, text.split_once('-')) {
        (Some((year, quarter @ 1..=4)), _) => {
            format!(
                "write the last month of the quarter, `{year}M{:02}`, here and beside its figure",
                3 * quarter
            )
        }
        _ if digits(text) && text.len() == 4 => {
            format!("write the last month of the year, `{text}M12`, here and beside its figure")
        }
        (_, Some((year, month))) if year.len() == 4 && digits(year) && digits(month) && month.len() == 2 => {
            format!("write the month as `{year}M{month}`")
        }
        (_, Some((day, month))) if digits(day) && digits(month) && text.len() == 5 => {
            format!("write the month first, `{month}-{day}`")
        }
        _ => "write the month as `2022M10`, the day as `12-31`".into(),
    }
}
