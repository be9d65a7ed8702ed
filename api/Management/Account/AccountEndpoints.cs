namespace Sluice.Api.Management.Account;

/// <summary>The endpoints tagged "Account".</summary>
internal sealed class AccountEndpoints() : ManagementGroup("Account");
