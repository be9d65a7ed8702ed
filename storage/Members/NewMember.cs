namespace Sluice.Storage.Members;

/// <summary>Somebody who comes into a tenant.</summary>
/// <param name="Id">New.</param>
/// <param name="UserName">Unique in the tenant, whatever its case.</param>
/// <param name="Email">Where mail for the member goes; several members may share one.</param>
/// <param name="Role">Never the owner's: that is handed over, not given.</param>
/// <param name="PasswordHash">As ASP.NET Core Identity hashes passwords.</param>
/// <param name="MustChangePassword">Whether the password is a one-time password.</param>
public sealed record NewMember(
    long Id, string UserName, string Email, TenantRole Role, string PasswordHash, bool MustChangePassword);
