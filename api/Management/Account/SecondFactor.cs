using Sluice.Api.Auth;
using Sluice.Storage.Accounts;
using Sluice.Storage.Control;

namespace Sluice.Api.Management.Account;

/// <summary>Checks codes of second factors.</summary>
internal sealed class SecondFactor(IAccountStore accounts, SealedSecrets secrets)
{
    /// <summary>A TOTP code, or a recovery code, which is used up in the action's transaction.</summary>
    public async Task<SecondFactorProof> ProveAsync(
        UnitOfWork tx, Storage.Accounts.Account account, string code, CancellationToken ct)
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

    public long? StepOf(Storage.Accounts.Account account, string? code, DateTimeOffset now) =>
        account.TotpSecret is { } secret ? Totp.StepOf(secrets.OpenTotp(secret), code?.Trim(), now) : null;
}
