namespace Sluice.Api.Access;

/// <summary>One row of the permission table.</summary>
/// <param name="Name">The permission's name in refusals and in the scopes of access tokens: <c>area:verb</c>.</param>
/// <param name="Operator">Whether the operator has it.</param>
/// <param name="Owner">Whether the tenant's owner has it.</param>
/// <param name="Administrator">Whether the tenant's administrators have it.</param>
/// <param name="ProjectAdministrator">How far it goes for administrators of a project.</param>
/// <param name="Member">How far it goes for every other member of the tenant.</param>
/// <param name="SignedInOnly">
/// Whether access tokens never have it, because it is about the member's own account.
/// </param>
/// <param name="Despite">
/// What may still be pending: nothing, unless the permission ends that state or is a way out of it. An endpoint that
/// borrows a permission borrows this too.
/// </param>
/// <param name="CanBeReserved">
/// Whether a tenant's setting can take it from the administrators, so that only the owner has it.
/// </param>
internal sealed record Grant(
    string Name,
    bool Operator,
    bool Owner,
    bool Administrator,
    PermissionScope ProjectAdministrator,
    PermissionScope Member,
    bool SignedInOnly = false,
    Pending Despite = Pending.None,
    bool CanBeReserved = false)
{
    /// <summary>The part before the colon.</summary>
    public string Area => Name[..Name.IndexOf(':', StringComparison.Ordinal)];

    public bool OnlyReads => Name.EndsWith(":read", StringComparison.Ordinal);
}
