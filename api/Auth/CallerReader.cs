using System.Collections.Frozen;
using Sluice.Storage.Control.Accounts;
using Sluice.Storage.Control.Members;

namespace Sluice.Api.Auth;

/// <summary>Finds the caller behind a credential: for each request, and again for a stream that lasts.</summary>
internal sealed class CallerReader(ServiceTokens tokens, CredentialReader credentials)
{
    /// <summary>Finds the operator or a member; null if the credential is neither's, or has ended.</summary>
    public async Task<Caller?> FindAsync(string credential, CancellationToken ct) => tokens.IsOperator(credential)
        ? Caller.Operator with { Credential = credential }
        : await FindMemberAsync(credential, ct);

    /// <summary>Finds the member behind a session or an access token; null if there is none, or it has ended.</summary>
    public async Task<Caller?> FindMemberAsync(string credential, CancellationToken ct)
    {
        var isSession = credential.StartsWith(SecretText.Session, StringComparison.Ordinal);
        var isToken = credential.StartsWith(SecretText.AccessToken, StringComparison.Ordinal);
        if (credential.Length > SecretText.MaxLength || !(isSession || isToken))
            return null;
        var hash = SecretText.HashOf(credential);
        var found = isSession
            ? await credentials.FindSessionAsync(hash, ct)
            : await credentials.FindTokenAsync(hash, ct);
        return found is null ? null : CallerOf(found, credential);
    }

    private static Caller CallerOf(CallerRow row, string credential) => new()
    {
        TenantId = row.TenantId,
        MemberId = row.MemberId,
        UserName = row.UserName,
        Role = row.Role,
        Projects = row.ProjectIds.Zip(row.ProjectRoles)
            .ToFrozenDictionary(static p => p.First, static p => (ProjectRole)p.Second),
        Scopes = row.Scopes,
        SessionId = row.Scopes is null ? row.CredentialId : 0,
        MustChangePassword = row.MustChangePassword,
        OwnerAppoints = row.OwnerAppointsAdministrators,
        LacksSecondFactor = row is { RequiresSecondFactor: true, HasSecondFactor: false },
        Credential = credential,
    };
}
