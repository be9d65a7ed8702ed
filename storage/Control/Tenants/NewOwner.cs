namespace Sluice.Storage.Control.Tenants;

/// <summary>The first member of a tenant; must change the one-time password before anything else.</summary>
/// <param name="Id">A new id.</param>
/// <param name="UserName">Unique in the tenant.</param>
/// <param name="Email">The address for mail to the owner.</param>
/// <param name="PasswordHash">The hash of the one-time password, in the format of ASP.NET Core Identity.</param>
public sealed record NewOwner(long Id, string UserName, string Email, string PasswordHash);
