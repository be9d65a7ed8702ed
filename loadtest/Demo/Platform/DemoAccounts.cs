namespace Sluice.LoadTest.Demo.Platform;

/// <summary>What a run has made, kept for the next one.</summary>
/// <param name="TenantIds">The tenants, those included that are not filled yet.</param>
/// <param name="People">Those who can sign in.</param>
/// <param name="Complete">Whether everything is there; otherwise the tenants are removed and made again.</param>
internal sealed record DemoAccounts(
    IReadOnlyList<string> TenantIds, IReadOnlyList<DemoAccount> People, bool Complete);
