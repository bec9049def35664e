//! Books: the settings of a host's bookkeeping, as the vouchers and files of its ledger need them.
//! Rule:    books belong to a host, by organisation number: what it issued stays in its books after another took over. Where
//!          a host has several agreements, each settles the books from its first day on, and one that does not goes on with
//!          those of the one before it: accounts that change with an agreement leave older vouchers as they are.
//! Errors:  BooksMustBeSet, HostMustBeKnown; AccountMustBeDigits, RoleMustHaveItsOwnAccount, DimensionMustBeFree,
//!          DimensionMustStandOnce, ObjectMustHaveNumber, FinancialYearMustBeAtMostEighteenMonths,
//!          FinancialYearMustBeListed, CompanyNameMustFitCodePage437 of the bookkeeping file, each at its place.

use avgift::{NaiveDate, Origin, Period, Refusal, Sourced};
use avgift_invoice::OrganisationNumber;
use avgift_network::{
    AgreementVersion, BankAccount, Bookkeeping, Chart, LedgerReader, Network, Numbered, note_each_once,
};
use avgift_sie::{
    Account, Accounts, Company, Dimension, FinancialYear, FinancialYears, Object, Objects, Posting, Profile,
    Reader, Role, VoucherPer,
};

use crate::error::Error;

/// The books of a host.
#[derive(Debug, Clone)]
pub struct Books {
    /// Whose they are.
    pub host: OrganisationNumber,
    /// Its name, as the latest agreement has it.
    pub name: String,
    /// As each agreement settles them, the earliest first; never empty.
    versions: Vec<BooksVersion>,
}

/// The books of a host, as an agreement settles them.
#[derive(Debug, Clone)]
pub struct BooksVersion {
    from: Option<NaiveDate>,
    /// How events become vouchers.
    pub posting: Posting,
    /// Its financial years.
    pub years: FinancialYears,
    /// For which reader a file is.
    pub reader: Reader,
    /// Whether a checksum is written.
    pub checksum: bool,
    places: Places,
}

impl Books {
    /// As they were settled on a day; before the first agreement, as that one settles them.
    #[must_use]
    pub fn on(&self, day: NaiveDate) -> &BooksVersion {
        let begun = self.versions.iter().rev().find(|version| version.from.is_none_or(|from| from <= day));
        begun.unwrap_or(&self.versions[0])
    }

    /// As they were settled from time to time, the earliest first.
    #[must_use]
    pub fn versions(&self) -> &[BooksVersion] {
        &self.versions
    }
}

/// Where the settings stand that a voucher or a file may be refused for.
#[derive(Debug, Clone)]
struct Places {
    chart: Origin,
    customers: Option<Origin>,
    years: Option<Origin>,
}

impl BooksVersion {
    /// Refusals of vouchers and files, each at the setting that mends it.
    pub(crate) fn refusals(&self, errors: &[avgift_sie::Error]) -> Vec<Refusal> {
        let Places { chart, customers, .. } = &self.places;
        let each = |error: &avgift_sie::Error| match error {
            avgift_sie::Error::RolesMustHaveAccounts { .. } => error.refusal().at(chart, "the chart"),
            avgift_sie::Error::ObjectMustHaveNumber { .. }
            | avgift_sie::Error::SimpleFileMustHaveNoObjects => {
                error.refusal().at(customers.as_ref(), "customers as objects")
            }
            avgift_sie::Error::FinancialYearMustBeListed { .. } => self.at_years(error.refusal()),
            _ => error.refusal(),
        };
        errors.iter().map(each).collect()
    }

    /// A refusal at the setting of the financial years.
    pub(crate) fn at_years(&self, refusal: Refusal) -> Refusal {
        refusal.at(self.places.years.as_ref(), "the financial years")
    }
}

/// The hosts of a network, each with its agreements and accounts.
#[derive(Debug, Clone)]
pub struct Hosts<'a> {
    agreements: &'a [AgreementVersion],
}

impl<'a> Hosts<'a> {
    /// The hosts of a network.
    #[must_use]
    pub fn of(network: &'a Network) -> Hosts<'a> {
        Hosts { agreements: network.agreements() }
    }

    /// The organisation numbers, each once, in the order of the file.
    #[must_use]
    pub fn numbers(&self) -> Vec<OrganisationNumber> {
        let mut numbers = Vec::new();
        for (number, _) in self.sellers() {
            if !numbers.contains(&number) {
                numbers.push(number);
            }
        }
        numbers
    }

    /// The host of an organisation number, or of a name: the agreement's or the registered one, whatever its case.
    ///
    /// # Errors
    /// `HostMustBeKnown`.
    pub fn find(&self, text: &str) -> Result<OrganisationNumber, Error> {
        let asked_for = text.trim().to_lowercase();
        let is_it = |(number, agreement): &(OrganisationNumber, &AgreementVersion)| {
            let names = [Some(agreement.host().name.as_str()), agreement.seller().map(|it| it.name.as_str())];
            text.parse() == Ok(*number)
                || names.into_iter().flatten().any(|name| name.to_lowercase() == asked_for)
        };
        self.sellers().find(is_it).map(|(number, _)| number).ok_or_else(|| {
            let named = |(number, agreement): (OrganisationNumber, &AgreementVersion)| {
                format!("{} ({number})", agreement.host().name)
            };
            let mut known: Vec<String> = self.sellers().map(named).collect();
            known.dedup();
            Error::HostMustBeKnown { text: text.to_owned(), known }
        })
    }

    /// The name of a host, by its latest agreement; its number where the folder has none.
    #[must_use]
    pub fn name(&self, host: OrganisationNumber) -> String {
        let latest = self.of_host(host).max_by_key(|agreement| agreement.host().period.from);
        latest.map_or_else(|| host.to_string(), |agreement| agreement.host().name.clone())
    }

    /// The books of a host.
    ///
    /// # Errors
    /// All at once: those named at the top of this file.
    pub fn books(&self, host: OrganisationNumber) -> Result<Books, Vec<Refusal>> {
        let mut settled: Vec<_> =
            self.of_host(host).filter_map(|agreement| Some((agreement, agreement.bookkeeping()?))).collect();
        settled.sort_by_key(|(agreement, _)| agreement.host().period.from);
        if settled.is_empty() {
            let latest = self.of_host(host).max_by_key(|agreement| agreement.host().period.from);
            let origin = latest.map(|agreement| Box::new(agreement.origin().clone()));
            return Err(vec![Error::BooksMustBeSet { host: self.name(host), origin }.refusal()]);
        }
        let (mut versions, mut faults) = (Vec::new(), Vec::new());
        for (agreement, bookkeeping) in settled {
            match version(host, agreement, bookkeeping) {
                Ok(version) => versions.push(version),
                Err(more) => note_each_once(&mut faults, more),
            }
        }
        if faults.is_empty() { Ok(Books { host, name: self.name(host), versions }) } else { Err(faults) }
    }

    /// The hosts that a payment to an account may be for.
    pub(crate) fn paid_to(&self, account: &str) -> Vec<OrganisationNumber> {
        let mut hosts = Vec::new();
        for (number, agreement) in self.sellers() {
            if !hosts.contains(&number) && accounts(agreement).iter().any(|ours| ours == account) {
                hosts.push(number);
            }
        }
        hosts
    }

    /// The host of a day.
    pub(crate) fn on(&self, day: NaiveDate) -> Option<OrganisationNumber> {
        let holds = |(_, agreement): &(OrganisationNumber, &AgreementVersion)| {
            let Period { from, to } = agreement.host().period;
            from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to)
        };
        self.sellers().find(holds).map(|(number, _)| number)
    }

    fn sellers(&self) -> impl Iterator<Item = (OrganisationNumber, &'a AgreementVersion)> {
        let number =
            |agreement: &'a AgreementVersion| Some((agreement.seller()?.organisation_number, agreement));
        self.agreements.iter().filter_map(number)
    }

    fn of_host(&self, host: OrganisationNumber) -> impl Iterator<Item = &'a AgreementVersion> {
        self.sellers().filter(move |(number, _)| *number == host).map(|(_, agreement)| agreement)
    }
}

/// The numbers of the accounts that members pay to under an agreement, without spaces and hyphens.
fn accounts(agreement: &AgreementVersion) -> Vec<String> {
    let bankgiro = agreement.seller().map(|seller| seller.bankgiro.digits());
    let bank = agreement.bank();
    let iban = bank.and_then(|bank| bank.iban.as_ref()).map(|iban| iban.value.as_str().to_owned());
    let more = bank.map(|bank| bank.accounts.as_slice()).unwrap_or_default();
    let number = |account: &Sourced<BankAccount>| match &account.value {
        BankAccount::Bankgiro(number) => number.digits(),
        BankAccount::Iban(iban) => iban.as_str().to_owned(),
        BankAccount::Number(number) => number.chars().filter(char::is_ascii_digit).collect(),
    };
    bankgiro.into_iter().chain(iban).chain(more.iter().map(number)).collect()
}

/// Faults, each at the place of its setting.
#[derive(Default)]
struct Faults(Vec<Refusal>);

impl Faults {
    fn keep<T>(&mut self, made: Result<T, avgift_sie::Error>, origin: Option<&Origin>) -> Option<T> {
        made.map_err(|error| self.note(error.refusal().at(origin, "this setting"))).ok()
    }

    fn note(&mut self, refusal: Refusal) {
        note_each_once(&mut self.0, [refusal]);
    }
}

fn version(
    host: OrganisationNumber,
    agreement: &AgreementVersion,
    bookkeeping: &Bookkeeping,
) -> Result<BooksVersion, Vec<Refusal>> {
    let mut faults = Faults::default();
    let company = company(host, agreement, bookkeeping, &mut faults);
    let accounts = chart(bookkeeping, &mut faults);
    let years = financial_years(bookkeeping, &mut faults);
    let objects = objects(bookkeeping, &mut faults);
    let [documents, payments] = [&bookkeeping.voucher_series, &bookkeeping.payment_series]
        .map(|series| faults.keep(series.value.parse(), series.origin.as_ref()));
    let (Some(company), Some(accounts), Some(years), Some(objects), Some(documents), Some(payments)) =
        (company, accounts, years, objects, documents, payments)
    else {
        return Err(faults.0);
    };
    let posting = Posting {
        voucher_per: match bookkeeping.voucher_per {
            avgift_network::VoucherPer::Invoice => VoucherPer::Invoice,
            avgift_network::VoucherPer::Batch => VoucherPer::Batch,
        },
        document_series: documents,
        payment_series: payments,
        objects,
        language: bookkeeping.language,
        ..Posting::new(company, accounts)
    };
    let reader = match bookkeeping.reader {
        LedgerReader::Ledger => Reader::Ledger,
        LedgerReader::Simple => Reader::Simple,
    };
    let customers = bookkeeping.customer_dimension.as_ref().and_then(|it| it.origin.clone());
    let object = bookkeeping.revenue_objects.first().and_then(|it| it.dimension.origin.clone());
    let listed = bookkeeping.listed_years.first().and_then(|it| it.origin.clone());
    let places = Places {
        chart: bookkeeping.chart.origin.clone().unwrap_or_else(|| agreement.origin().clone()),
        customers: customers.or(object),
        years: listed.or_else(|| bookkeeping.first_month.origin.clone()),
    };
    let (from, checksum) = (agreement.host().period.from, bookkeeping.checksum);
    Ok(BooksVersion { from, posting, years, reader, checksum, places })
}

fn company(
    host: OrganisationNumber,
    agreement: &AgreementVersion,
    bookkeeping: &Bookkeeping,
    faults: &mut Faults,
) -> Option<Company> {
    let seller = agreement.seller()?;
    let (name, origin) = match &bookkeeping.company {
        Some(name) => (name.value.as_str(), name.origin.as_ref()),
        None => (seller.name.as_str(), seller.origin.as_ref()),
    };
    let company = faults.keep(Company::new(name, host), origin)?;
    Some(match &bookkeeping.company_number {
        Some(number) => company.numbered(number.value.as_str()),
        None => company,
    })
}

fn chart(bookkeeping: &Bookkeeping, faults: &mut Faults) -> Option<Accounts> {
    let profile = match bookkeeping.chart.value {
        Chart::Bas => Profile::Bas,
        Chart::KommunBas => Profile::KommunBas,
    };
    let mut own = Vec::new();
    for set in &bookkeeping.accounts {
        let Numbered { number, name } = &set.account.value;
        let name = name.as_ref().map_or("", |name| name.as_str());
        let account = faults.keep(Account::new(number, name), set.account.origin.as_ref());
        own.extend(Role::of_key(set.role).zip(account));
    }
    let set_at = |role: Role| {
        let set = bookkeeping.accounts.iter().find(|set| set.role == role.key());
        set.and_then(|set| set.account.origin.as_ref())
    };
    match Accounts::new(profile, own) {
        Ok(accounts) if faults.0.is_empty() => Some(accounts),
        Ok(_) => None,
        Err(errors) => {
            for error in errors {
                let refusal = error.refusal();
                faults.note(match error {
                    avgift_sie::Error::RoleMustHaveItsOwnAccount { role, other, .. } => {
                        refusal.at(set_at(role), "this account").at(set_at(other), "and this one")
                    }
                    _ => refusal,
                });
            }
            None
        }
    }
}

fn financial_years(bookkeeping: &Bookkeeping, faults: &mut Faults) -> Option<FinancialYears> {
    let month = &bookkeeping.first_month;
    let mut years = faults.keep(FinancialYears::beginning_in(month.value), month.origin.as_ref())?;
    for listed in &bookkeeping.listed_years {
        let Period { from: Some(from), to: Some(to) } = listed.value else { continue };
        let origin = listed.origin.as_ref();
        let year = faults.keep(FinancialYear::new(from, to), origin)?;
        years = faults.keep(years.listing(year), origin)?;
    }
    Some(years)
}

fn objects(bookkeeping: &Bookkeeping, faults: &mut Faults) -> Option<Objects> {
    let dimension = |numbered: &Sourced<Numbered>, faults: &mut Faults| {
        let Numbered { number, name } = &numbered.value;
        // The settings take four digits at most.
        let number = number.parse().unwrap_or_default();
        let made = Dimension::new(number, name.as_ref().map(|name| name.as_str()));
        faults.keep(made, numbered.origin.as_ref())
    };
    let customer = bookkeeping.customer_dimension.as_ref();
    let customer = customer.map(|numbered| dimension(numbered, faults));
    let mut revenue = Vec::new();
    for object in &bookkeeping.revenue_objects {
        let of = dimension(&object.dimension, faults);
        let name = object.name.as_ref().map_or("", |name| name.value.as_str());
        let made = |of| Object::new(of, object.number.value.as_str(), name);
        revenue.push(of.and_then(|of| faults.keep(made(of), object.number.origin.as_ref())));
    }
    let (customer, revenue) = (customer.map_or(Some(None), |made| made.map(Some))?, revenue);
    let revenue = revenue.into_iter().collect::<Option<Vec<Object>>>()?;
    let last = bookkeeping.revenue_objects.last().map(|object| &object.dimension);
    let at = last.or(bookkeeping.customer_dimension.as_ref()).and_then(|it| it.origin.as_ref());
    faults.keep(Objects::new(customer, revenue), at)
}
