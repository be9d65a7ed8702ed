using Sluice.Api.Auth;
using Sluice.Storage.Control.Accounts;

namespace Sluice.Api.Management.Account;

/// <summary>Checks codes of second factors.</summary>
internal sealed class SecondFactor(AccountStore accounts, SealedSecrets secrets)
{
    /// <summary>
    /// Checks a TOTP code or a recovery code; a recovery code is used up in the transaction of the change.
    /// </summary>
    public async Task<SecondFactorProof> ProveAsync(
        UnitOfWork tx, Storage.Control.Accounts.Account account, string code, CancellationToken ct)
    {
        if (account.TotpSecret is null)
            return SecondFactorProof.Wrong;
        if (StepOf(account, code, tx.Now) is { } step)
            return step > account.TotpStep ? new(true, step) : SecondFactorProof.Wrong;
        return code.Length <= SecretText.MaxLength
            && await accounts.UseRecoveryCodeAsync(tx, account.MemberId, RecoveryCodes.HashOf(code), ct)
                ? new(true, null)
                : SecondFactorProof.Wrong;
    }

    public long? StepOf(Storage.Control.Accounts.Account account, string? code, DateTimeOffset now) =>
        account.TotpSecret is { } secret ? Totp.StepOf(secrets.OpenTotp(secret), code?.Trim(), now) : null;
}
