using Sluice.Storage.Control;

namespace Sluice.Storage.Accounts;

/// <summary>What members sign in with, and what they have open.</summary>
public interface IAccountStore
{
    /// <summary>
    /// The account by its tenant and user name, whose case does not matter; null where there is none.
    /// </summary>
    Task<Account?> FindAsync(long tenantId, string userName, CancellationToken ct);

    Task<Account?> FindAsync(long memberId, CancellationToken ct);

    /// <summary>Counts a wrong password or code; the fifth in a row locks the account for five minutes.</summary>
    Task NoteFailureAsync(long memberId, CancellationToken ct);

    /// <summary>Opens a session and forgets failed attempts.</summary>
    /// <param name="tx">The action.</param>
    /// <param name="account">Whose.</param>
    /// <param name="session">The new session.</param>
    /// <param name="totpStep">The step of the code that was accepted; null where none was asked for.</param>
    /// <param name="ct">Cancels the action.</param>
    /// <returns>False where that code was used before.</returns>
    Task<bool> OpenSessionAsync(
        UnitOfWork tx, Account account, NewSession session, long? totpStep, CancellationToken ct);

    Task EndSessionAsync(UnitOfWork tx, long memberId, long sessionId, CancellationToken ct);

    /// <summary>Sets the password and ends every other session.</summary>
    Task ChangePasswordAsync(
        UnitOfWork tx, long memberId, string passwordHash, long keptSession, CancellationToken ct);

    /// <summary>Keeps another hash of the same password, unless the password was changed meanwhile.</summary>
    Task RenewHashAsync(UnitOfWork tx, Account account, string renewed, CancellationToken ct);

    /// <summary>Keeps the secret of a second factor that is not confirmed yet.</summary>
    /// <returns>False where the member has one already.</returns>
    Task<bool> BeginTotpAsync(UnitOfWork tx, long memberId, byte[] sealedSecret, CancellationToken ct);

    /// <summary>Puts the second factor into use, with new recovery codes.</summary>
    /// <returns>False where none was begun, or it is in use already.</returns>
    Task<bool> ConfirmTotpAsync(
        UnitOfWork tx, long memberId, long step, IReadOnlyList<byte[]> recoveryHashes, CancellationToken ct);

    Task DisableTotpAsync(UnitOfWork tx, long memberId, CancellationToken ct);

    /// <summary>Accepts a code's step once.</summary>
    Task<bool> UseStepAsync(UnitOfWork tx, long memberId, long step, CancellationToken ct);

    /// <returns>False where there is no such code, or it was used.</returns>
    Task<bool> UseRecoveryCodeAsync(UnitOfWork tx, long memberId, byte[] codeHash, CancellationToken ct);

    Task<Page<AccessToken>> ListTokensAsync(long memberId, PageRequest page, CancellationToken ct);

    Task<Result<AccessToken>> CreateTokenAsync(
        UnitOfWork tx, long memberId, NewAccessToken token, CancellationToken ct);

    /// <returns>False where the member has no such token.</returns>
    Task<bool> RevokeTokenAsync(UnitOfWork tx, long memberId, long tokenId, CancellationToken ct);
}
