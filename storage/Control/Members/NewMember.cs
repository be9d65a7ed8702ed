namespace Sluice.Storage.Control.Members;

/// <summary>A member to create.</summary>
/// <param name="Id">A new id.</param>
/// <param name="UserName">Unique in the tenant, ignoring case.</param>
/// <param name="Email">The address for mail to the member; null if there is none. Several may share one.</param>
/// <param name="Role">Never owner: ownership is transferred, not assigned.</param>
/// <param name="PasswordHash">The hash of the password, in the format of ASP.NET Core Identity.</param>
/// <param name="MustChangePassword">Whether the password is a one-time password.</param>
public sealed record NewMember(
    long Id, string UserName, string? Email, TenantRole Role, string PasswordHash, bool MustChangePassword);
