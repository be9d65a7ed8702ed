namespace Sluice.Storage.Accounts;

/// <summary>Finds the member behind a secret. Read anew for every request, so that an ended session is ended.</summary>
public interface ICredentialReader
{
    /// <param name="tokenHash">SHA-256 of what was shown.</param>
    /// <param name="ct">Cancels the reading.</param>
    /// <returns>Null where there is no such session, or it has ended, or its member or tenant is gone.</returns>
    Task<CallerRow?> FindSessionAsync(byte[] tokenHash, CancellationToken ct);

    /// <summary>The same for an access token; notes that it was used, about once a minute.</summary>
    /// <param name="tokenHash">SHA-256 of what was shown.</param>
    /// <param name="ct">Cancels the reading.</param>
    Task<CallerRow?> FindTokenAsync(byte[] tokenHash, CancellationToken ct);
}
