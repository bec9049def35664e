//! The arguments of what a board asks: compare, bridge, solve, forecast, report.

use std::path::{Path, PathBuf};

use avgift::{Assumptions, Decimal, FeeYear, Growth, Sek, Sought};
use clap::{Args, ValueEnum};

use super::value::{decimal, fee_year, fee_years, growth, kronor};
use super::{Figures, Known, NewFile, Output, Scenario, Years};

/// avgift compare
#[derive(Debug, Args)]
pub(crate) struct Compare {
    /// The first side: a fee year, or a scenario's file.
    #[arg(value_name = "A", value_parser = side)]
    from: Side,
    /// The second side: a fee year, or a scenario's file.
    #[arg(value_name = "B", value_parser = side)]
    to: Side,
    /// The fee year of a side that is a file; unless given, that of the other side.
    #[arg(long, value_parser = fee_year)]
    year: Option<FeeYear>,
    /// The scenario of a side that is a fee year.
    #[command(flatten)]
    scenario: Scenario,
    #[command(flatten)]
    pub(crate) output: Output,
    #[command(flatten)]
    pub(crate) figures: Figures,
}

/// One side of a comparison, as the user typed it.
#[derive(Debug, Clone)]
enum Side {
    Year(FeeYear),
    File(PathBuf),
}

/// One side of a comparison: what the user calls it, its fee year, and the scenario it lies under.
pub(crate) struct ComparedSide<'a> {
    pub(crate) name: String,
    pub(crate) year: FeeYear,
    pub(crate) scenario: Option<&'a Path>,
}

impl Compare {
    /// Both sides.
    ///
    /// # Errors
    /// What is missing to understand them.
    pub(crate) fn sides(&self) -> Result<[ComparedSide<'_>; 2], &'static str> {
        let year_beside = match (&self.from, &self.to) {
            (Side::Year(_), Side::Year(_)) if self.year.is_some() => {
                return Err("--year is for a side that is a file; both sides are fee years");
            }
            (Side::Year(year), _) | (_, Side::Year(year)) => self.year.or(Some(*year)),
            _ => self.year,
        };
        let side = |side| -> Result<ComparedSide<'_>, &'static str> {
            match side {
                &Side::Year(year) => {
                    let scenario = self.scenario.file.as_deref();
                    Ok(ComparedSide { name: year.to_string(), year, scenario })
                }
                Side::File(file) => {
                    let year = year_beside.ok_or("two files are compared in a fee year: give --year")?;
                    // A column has room for the file's name, not for where it lies.
                    let name = crate::shown(file.file_stem().map_or(file, Path::new));
                    Ok(ComparedSide { name, year, scenario: Some(file) })
                }
            }
        };
        Ok([side(&self.from)?, side(&self.to)?])
    }
}

/// avgift bridge
#[derive(Debug, Args)]
pub(crate) struct Bridge {
    /// The member: its municipality code or its name; without one, the frame and every member.
    pub(crate) member: Option<String>,
    #[command(flatten)]
    pub(crate) scenario: Scenario,
    /// The earlier fee year.
    #[arg(long, value_parser = fee_year, required_unless_present = "year", requires = "to")]
    from: Option<FeeYear>,
    /// The later fee year.
    #[arg(long, value_parser = fee_year, required_unless_present = "year", requires = "from")]
    to: Option<FeeYear>,
    /// One fee year: from what is decided to the scenario.
    #[arg(long, value_parser = fee_year, conflicts_with_all = ["from", "to"], requires = "file")]
    year: Option<FeeYear>,
    #[command(flatten)]
    pub(crate) output: Output,
    #[command(flatten)]
    pub(crate) figures: Figures,
}

/// What a bridge leads from and to.
pub(crate) enum Between<'a> {
    /// Two fee years, both under the scenario, if there is one.
    Years(FeeYear, FeeYear),
    /// What is decided for a fee year, and a scenario.
    Decided(FeeYear, &'a Path),
}

impl Bridge {
    /// Both sides.
    pub(crate) fn between(&self) -> Between<'_> {
        match (self.year, &self.scenario.file, self.from, self.to) {
            (Some(year), Some(file), _, _) => Between::Decided(year, file),
            (_, _, Some(from), Some(to)) => Between::Years(from, to),
            // What is not understood ended the program before.
            _ => unreachable!("either two years are given, or one and a scenario"),
        }
    }
}

/// avgift solve
#[derive(Debug, Args)]
pub(crate) struct Solve {
    #[command(flatten)]
    pub(crate) scenario: Scenario,
    /// The frame that the fees are to raise.
    #[arg(long, value_name = "KR", value_parser = kronor)]
    pub(crate) frame: Sek,
    /// What to find.
    #[arg(long = "for", value_enum)]
    sought: Unknown,
    /// The fee year.
    #[arg(long, value_parser = fee_year)]
    pub(crate) year: FeeYear,
    /// The step of the two values beside the target: kronor, or percent of the scale. Unless given 0,01 kr for the rate,
    /// 100 kr for base and bounds, 1 kr for a total, 0,01 for the scale.
    #[arg(long, value_name = "STEP", value_parser = decimal, allow_hyphen_values = true)]
    step: Option<Decimal>,
    #[command(flatten)]
    pub(crate) output: Output,
    #[command(flatten)]
    pub(crate) figures: Figures,
}

/// What can be found.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Unknown {
    /// The rate per inhabitant, or per so many; all else stays
    Rate,
    /// The base beside a rate; all else stays
    Base,
    /// The floor; all else stays
    Floor,
    /// The ceiling; all else stays
    Ceiling,
    /// The total that the members share
    Total,
    /// One factor for every amount of the tariff, whatever its shape
    Scale,
}

impl Solve {
    /// What is sought.
    pub(crate) fn sought(&self) -> Sought {
        match self.sought {
            Unknown::Rate => Sought::Rate,
            Unknown::Base => Sought::Base,
            Unknown::Floor => Sought::Floor,
            Unknown::Ceiling => Sought::Ceiling,
            Unknown::Total => Sought::Total,
            Unknown::Scale => Sought::Scale,
        }
    }

    /// The step that was asked for: kronor, or percent of the scale.
    pub(crate) fn step(&self) -> Option<Decimal> {
        self.step
    }
}

/// avgift forecast
#[derive(Debug, Args)]
pub(crate) struct Forecast {
    #[command(flatten)]
    pub(crate) scenario: Scenario,
    /// The fee years, first and last: 2026..2030.
    #[arg(long, value_parser = fee_years, value_name = "A..B")]
    years: Years,
    /// How the inhabitants of every member grow where no figure is on file: percent a year, 0,8.
    #[arg(long, value_name = "PERCENT", value_parser = growth, allow_hyphen_values = true)]
    pub(crate) population_growth: Growth,
    /// How the index grows where no figure is on file: percent a year, 2,5.
    #[arg(long, value_name = "PERCENT", value_parser = growth, allow_hyphen_values = true)]
    pub(crate) index_growth: Growth,
    /// A band around both: so many percentage points lower and higher.
    #[arg(long, value_name = "POINTS", value_parser = growth)]
    pub(crate) band: Option<Growth>,
    #[command(flatten)]
    pub(crate) output: Output,
    #[command(flatten)]
    pub(crate) known: Known,
}

impl Forecast {
    /// The fee years that were asked for.
    pub(crate) fn years(&self) -> &[FeeYear] {
        &self.years.0
    }
}

/// avgift report
#[derive(Debug, Args)]
pub(crate) struct Report {
    /// The fee year.
    #[arg(long, value_parser = fee_year)]
    pub(crate) year: FeeYear,
    /// The fee year to hold it against; the one before unless given. Under a scenario, what is in force in the same year.
    #[arg(long, value_name = "YEAR", value_parser = fee_year)]
    pub(crate) compare: Option<FeeYear>,
    /// More fee years, first and last, whose frames stand side by side: 2023..2026. With both growths, years ahead too.
    #[arg(long, value_parser = fee_years, value_name = "A..B")]
    years: Option<Years>,
    /// How the inhabitants of every member grow where no figure is on file: percent a year, 0,8.
    #[arg(long, value_name = "PERCENT", value_parser = growth, allow_hyphen_values = true,
        requires_all = ["years", "index_growth"])]
    population_growth: Option<Growth>,
    /// How the index grows where no figure is on file: percent a year, 2,5.
    #[arg(long, value_name = "PERCENT", value_parser = growth, allow_hyphen_values = true,
        requires_all = ["years", "population_growth"])]
    index_growth: Option<Growth>,
    /// A band around both growths: so many percentage points lower and higher.
    #[arg(long, value_name = "POINTS", value_parser = growth, requires = "population_growth")]
    pub(crate) band: Option<Growth>,
    #[command(flatten)]
    pub(crate) file: NewFile,
    #[command(flatten)]
    pub(crate) figures: Figures,
    #[command(flatten)]
    pub(crate) scenario: Scenario,
}

impl Report {
    /// The further fee years that were asked for.
    pub(crate) fn years(&self) -> &[FeeYear] {
        self.years.as_ref().map_or(&[], |years| &years.0)
    }

    /// What is assumed of years ahead, where anything is.
    pub(crate) fn assumptions(&self) -> Option<Assumptions> {
        let (population, index) = self.population_growth.zip(self.index_growth)?;
        Some(Assumptions { population, index })
    }
}

fn side(text: &str) -> Result<Side, String> {
    match text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        true => fee_year(text).map(Side::Year),
        false => Ok(Side::File(text.into())),
    }
}
