//! Accounts: which account plays which role in a posting.
//! Rule:    an account is digits; whether a number is right only the organisation's own chart tells, and it is never
//!          refused for not being in BAS. The profile BAS has a default for every role. Kommun-Bas has none, for its numbers
//!          differ from one municipality to the next: every role that a posting needs is set, or the posting is refused.
//! Rule:    two roles may share an account only where it hides nothing: fees and services are both revenue, the VAT of two
//!          rates is both VAT, what is overpaid and what is unmatched is both owed back, interest and reminder fees are both
//!          charged of who pays late.
//! Errors:  AccountMustBeDigits, RoleMustHaveItsOwnAccount, RolesMustHaveAccounts.
//! Not here: accrual of a fee that is invoiced the year before, which the closing of the books does.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

use crate::error::Error;
use crate::pc8::Pc8Text;

/// The number of an account: one to nine digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountNumber(String);

impl AccountNumber {
    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for AccountNumber {
    type Err = Error;

    fn from_str(text: &str) -> Result<AccountNumber, Error> {
        if (1..=9).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()) {
            Ok(AccountNumber(text.to_owned()))
        } else {
            Err(Error::AccountMustBeDigits { text: text.to_owned() })
        }
    }
}

impl fmt::Display for AccountNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// An account with its name in the chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The number.
    pub number: AccountNumber,
    /// The name.
    pub name: Pc8Text,
}

impl Account {
    /// An account.
    ///
    /// # Errors
    /// `AccountMustBeDigits`.
    pub fn new(number: &str, name: &str) -> Result<Account, Error> {
        Ok(Account { number: number.parse()?, name: Pc8Text::new(name) })
    }
}

/// What an account is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Kundfordringar: what the members owe.
    Receivable,
    /// Medlemsavgifter: fees outside the scope of VAT, or exempt.
    FeeRevenue,
    /// Fees with 25 % VAT, which are the price of a service.
    ServiceRevenue25,
    /// Fees with 12 % VAT.
    ServiceRevenue12,
    /// Fees with 6 % VAT.
    ServiceRevenue6,
    /// Output VAT of 25 %.
    VatOut25,
    /// Output VAT of 12 %.
    VatOut12,
    /// Output VAT of 6 %.
    VatOut6,
    /// Öresavrundning, and the öre that a payment is off.
    Rounding,
    /// Where payments come in.
    Bank,
    /// What was paid beyond the invoice, until it is used or paid back.
    Overpayment,
    /// What was paid and belongs to no invoice that is known; empty when the books are closed.
    Unmatched,
    /// Dröjsmålsränta that a reminder charges.
    Interest,
    /// Påminnelseavgift that a reminder charges.
    ReminderFee,
}

/// What two roles must have in common to share an account.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Receivable,
    Revenue,
    Vat,
    Rounding,
    Bank,
    OwedBack,
    Late,
}

impl Role {
    /// Every role.
    pub const ALL: [Role; 14] = [
        Role::Receivable,
        Role::FeeRevenue,
        Role::ServiceRevenue25,
        Role::ServiceRevenue12,
        Role::ServiceRevenue6,
        Role::VatOut25,
        Role::VatOut12,
        Role::VatOut6,
        Role::Rounding,
        Role::Bank,
        Role::Overpayment,
        Role::Unmatched,
        Role::Interest,
        Role::ReminderFee,
    ];

    /// Its name in settings and messages.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Role::Receivable => "receivable",
            Role::FeeRevenue => "fee_revenue",
            Role::ServiceRevenue25 => "service_revenue_25",
            Role::ServiceRevenue12 => "service_revenue_12",
            Role::ServiceRevenue6 => "service_revenue_6",
            Role::VatOut25 => "vat_out_25",
            Role::VatOut12 => "vat_out_12",
            Role::VatOut6 => "vat_out_6",
            Role::Rounding => "rounding",
            Role::Bank => "bank",
            Role::Overpayment => "overpayment",
            Role::Unmatched => "unmatched",
            Role::Interest => "interest",
            Role::ReminderFee => "reminder",
        }
    }

    /// The role of a name in settings.
    #[must_use]
    pub fn of_key(key: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.key() == key)
    }

    /// The account of the chart BAS, by its number and its name there. BAS has no account of its own for membership fees and
    /// advises one in the groups 30 to 34.
    const fn in_bas(self) -> (&'static str, &'static str) {
        match self {
            Role::Receivable => ("1510", "Kundfordringar"),
            Role::FeeRevenue => ("3010", "Medlemsavgifter"),
            Role::ServiceRevenue25 => ("3001", "Försäljning inom Sverige, 25 % moms"),
            Role::ServiceRevenue12 => ("3002", "Försäljning inom Sverige, 12 % moms"),
            Role::ServiceRevenue6 => ("3003", "Försäljning inom Sverige, 6 % moms"),
            Role::VatOut25 => ("2611", "Utgående moms på försäljning inom Sverige, 25 %"),
            Role::VatOut12 => ("2621", "Utgående moms på försäljning inom Sverige, 12 %"),
            Role::VatOut6 => ("2631", "Utgående moms på försäljning inom Sverige, 6 %"),
            Role::Rounding => ("3740", "Öres- och kronutjämning"),
            Role::Bank => ("1930", "Företagskonto/checkkonto"),
            Role::Overpayment => ("2420", "Förskott från kunder"),
            Role::Unmatched => ("2999", "OBS-konto"),
            // Recalled, not read in the chart: to be confirmed by who keeps the books, like every account here.
            Role::Interest => ("8313", "Ränteintäkter från kortfristiga fordringar"),
            Role::ReminderFee => ("3990", "Övriga ersättningar och intäkter"),
        }
    }

    const fn kind(self) -> Kind {
        match self {
            Role::Receivable => Kind::Receivable,
            Role::FeeRevenue | Role::ServiceRevenue25 | Role::ServiceRevenue12 | Role::ServiceRevenue6 => {
                Kind::Revenue
            }
            Role::VatOut25 | Role::VatOut12 | Role::VatOut6 => Kind::Vat,
            Role::Rounding => Kind::Rounding,
            Role::Bank => Kind::Bank,
            Role::Overpayment | Role::Unmatched => Kind::OwedBack,
            Role::Interest | Role::ReminderFee => Kind::Late,
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.key())
    }
}

/// The chart of accounts that a company keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// BAS: an association or a company (BFL).
    Bas,
    /// Kommun-Bas: a local federation or a municipality (LKBR).
    KommunBas,
}

/// The account of each role.
///
/// ```
/// use avgift_sie::{Account, Accounts, Profile, Role};
/// let own = [(Role::FeeRevenue, Account::new("3110", "Serviceavgifter")?)];
/// let accounts = Accounts::new(Profile::Bas, own).map_err(|mut errors| errors.remove(0))?;
/// assert_eq!(accounts.of(Role::FeeRevenue).expect("it is set").number.as_str(), "3110");
/// assert_eq!(accounts.of(Role::Receivable).expect("BAS has one").number.as_str(), "1510");
/// # Ok::<(), avgift_sie::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accounts {
    profile: Profile,
    of_role: BTreeMap<Role, Account>,
}

impl Accounts {
    /// The accounts of a profile, and the organisation's own in their place.
    ///
    /// # Errors
    /// `RoleMustHaveItsOwnAccount`, once for each two roles.
    pub fn new(
        profile: Profile,
        own: impl IntoIterator<Item = (Role, Account)>,
    ) -> Result<Accounts, Vec<Error>> {
        let mut of_role = BTreeMap::new();
        if profile == Profile::Bas {
            for role in Role::ALL {
                let (number, name) = role.in_bas();
                let number = AccountNumber(number.to_owned());
                of_role.insert(role, Account { number, name: Pc8Text::new(name) });
            }
        }
        of_role.extend(own);
        let mut errors = Vec::new();
        for (role, account) in &of_role {
            let shares = |(other, _): &(&Role, &Account)| **other > *role && other.kind() != role.kind();
            for (other, theirs) in of_role.iter().filter(shares) {
                if account.number == theirs.number {
                    let (role, other, account) = (*role, *other, account.number.clone());
                    errors.push(Error::RoleMustHaveItsOwnAccount { role, other, account });
                }
            }
        }
        if errors.is_empty() { Ok(Accounts { profile, of_role }) } else { Err(errors) }
    }

    /// The profile.
    #[must_use]
    pub const fn profile(&self) -> Profile {
        self.profile
    }

    /// The account of a role, where it is set.
    #[must_use]
    pub fn of(&self, role: Role) -> Option<&Account> {
        self.of_role.get(&role)
    }

    /// Whether all of these roles have accounts.
    ///
    /// # Errors
    /// `RolesMustHaveAccounts` with every role that has none, each once.
    pub fn require(&self, roles: impl IntoIterator<Item = Role>) -> Result<(), Error> {
        let missing: BTreeSet<Role> = roles.into_iter().filter(|role| self.of(*role).is_none()).collect();
        if missing.is_empty() {
            return Ok(());
        }
        Err(Error::RolesMustHaveAccounts { roles: missing.into_iter().collect() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(role: Role, number: &str) -> (Role, Account) {
        (role, Account::new(number, "Eget konto").unwrap())
    }

    #[test]
    fn an_account_is_digits() {
        for text in ["1510", "0", "151012345"] {
            assert_eq!(text.parse::<AccountNumber>().unwrap().as_str(), text);
        }
        for text in ["", "15 10", "1510x", "-1510", "1510123456", "１５１０"] {
            assert_eq!(text.parse::<AccountNumber>(), Err(Error::AccountMustBeDigits { text: text.into() }));
        }
    }

    #[test]
    fn bas_has_an_account_for_every_role_and_kommun_bas_for_none() {
        let bas = Accounts::new(Profile::Bas, []).unwrap();
        assert!(bas.require(Role::ALL).is_ok());
        let kommun_bas = Accounts::new(Profile::KommunBas, [own(Role::Bank, "1920")]).unwrap();
        let needed = [Role::Rounding, Role::Receivable, Role::Bank, Role::Rounding];
        let missing = Error::RolesMustHaveAccounts { roles: vec![Role::Receivable, Role::Rounding] };
        assert_eq!(kommun_bas.require(needed), Err(missing));
    }

    #[test]
    fn two_roles_share_an_account_only_where_it_hides_nothing() {
        let shared = [own(Role::FeeRevenue, "3010"), own(Role::ServiceRevenue25, "3010")];
        assert!(Accounts::new(Profile::KommunBas, shared).is_ok());
        let hidden = [own(Role::Receivable, "1510"), own(Role::Bank, "1510"), own(Role::Rounding, "1510")];
        assert_eq!(Accounts::new(Profile::KommunBas, hidden).unwrap_err().len(), 3);
        let beside_a_default = Accounts::new(Profile::Bas, [own(Role::Overpayment, "1510")]);
        assert_eq!(beside_a_default.unwrap_err()[0].code(), "role-must-have-its-own-account");
    }

    #[test]
    fn a_role_is_found_by_its_key() {
        for role in Role::ALL {
            assert_eq!(Role::of_key(role.key()), Some(role));
        }
        assert_eq!(Role::of_key("deferred"), None);
    }
}
