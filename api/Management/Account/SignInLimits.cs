namespace Sluice.Api.Management.Account;

/// <summary>
/// How often one address may try to sign in, below what a core can hash: a burst, and so many a second.
/// </summary>
internal sealed class SignInLimits
{
    public int Burst { get; set; } = 60;

    public int PerSecond { get; set; } = 5;
}
