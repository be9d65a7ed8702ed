namespace Sluice.Api.Management.Account;

/// <summary>The result of checking a code of the second factor.</summary>
/// <param name="IsRight">Whether it was accepted.</param>
/// <param name="Step">
/// The step of a TOTP code, to be used up together with what it allows; null for a recovery code.
/// </param>
internal readonly record struct SecondFactorProof(bool IsRight, long? Step)
{
    public static readonly SecondFactorProof NotNeeded = new(true, null);

    public static readonly SecondFactorProof Wrong = new(false, null);
}
