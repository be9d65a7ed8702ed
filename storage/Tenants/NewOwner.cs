namespace Sluice.Storage.Tenants;

/// <summary>The first member of a tenant; must change the one-time password before anything else.</summary>
/// <param name="Id">New.</param>
/// <param name="UserName">Unique in the tenant.</param>
/// <param name="Email">Where mail for the owner goes.</param>
/// <param name="PasswordHash">Of the one-time password, as ASP.NET Core Identity hashes it.</param>
public sealed record NewOwner(long Id, string UserName, string Email, string PasswordHash);
