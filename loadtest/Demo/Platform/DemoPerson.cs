namespace Sluice.LoadTest.Demo.Platform;

/// <summary>A member of a demo's tenant.</summary>
/// <param name="UserName">The user name.</param>
/// <param name="Role">The role in the tenant.</param>
/// <param name="ProjectRole">The role in every project; null for none.</param>
/// <param name="SignsIn">Whether it has a password that the demo prints.</param>
internal sealed record DemoPerson(string UserName, string Role, string? ProjectRole = null, bool SignsIn = false);
