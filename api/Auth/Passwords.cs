using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Sluice.Api.Auth;

/// <summary>Hashes and checks members' passwords as ASP.NET Core Identity does, and judges new ones.</summary>
internal sealed class Passwords(IOptions<PasswordHasherOptions> options)
{
    /// <summary>The fewest characters of a password that someone chooses.</summary>
    public const int MinLength = 10;

    /// <summary>The most characters: longer passwords take longer to hash.</summary>
    public const int MaxLength = 128;

    private const int DistinctMin = 5;

    /// <summary>Maximum checks that wait for a core; more are refused.</summary>
    private const int WaitingMax = 64;

    private static readonly object Nobody = new();

    private static readonly int CoresUsed = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>
    /// Limits hashing to half of the cores. One hash keeps a core busy for tens of milliseconds; a burst of them on
    /// every core would delay everything else on the node, including usage and the change that holds the lock.
    /// </summary>
    private static readonly SemaphoreSlim Cores = new(CoresUsed);

    /// <summary>
    /// Lets no more checks into the queue for the cores than there are cores: anybody can ask for one, and those who
    /// create members and passwords must not wait behind them all.
    /// </summary>
    private static readonly CheckQueue Checks = new(CoresUsed, WaitingMax);

    private readonly PasswordHasher<object> _hasher = new(options);

    /// <summary>
    /// The hash to compare with if there is no such account, so that the answer takes as long as for a wrong password.
    /// </summary>
    private readonly string _nobodysHash =
        new PasswordHasher<object>(options).HashPassword(Nobody, "nobody has this password");

    // The hasher ignores the user argument.
    public Task<string> HashAsync(string password, CancellationToken ct) =>
        InTurnAsync(() => _hasher.HashPassword(Nobody, password), ct);

    /// <param name="hash">The stored hash; null if there is no such account.</param>
    /// <param name="password">The password that was sent.</param>
    /// <param name="sender">The address that sent it; each waits for its own turn.</param>
    /// <param name="ct">Cancels the wait for a core.</param>
    /// <returns>
    /// Whether the password is correct, and if so, whether its hash needs an upgrade to the current format. Null if too
    /// many checks are waiting.
    /// </returns>
    public async Task<PasswordVerificationResult?> VerifyAsync(
        string? hash, string? password, IPAddress? sender, CancellationToken ct)
    {
        var given = password is { Length: > 0 and <= MaxLength } ? password : "";
        if (!await Checks.TryEnterAsync(sender, ct))
            return null;
        try
        {
            var verified = await InTurnAsync(
                () => _hasher.VerifyHashedPassword(Nobody, hash ?? _nobodysHash, given), ct);
            return hash is null ? PasswordVerificationResult.Failed : verified;
        }
        finally
        {
            Checks.Leave();
        }
    }

    /// <summary>
    /// Returns the rule that a new password breaks, or null. The length counts, not the kinds of characters (NIST SP
    /// 800-63B); passwords that are easy to guess are refused.
    /// </summary>
    public static Violation? Check(string? password, string userName)
    {
        if (string.IsNullOrEmpty(password))
            return new("required", "Must be given.");
        if (password.Length < MinLength)
            return new("too-short", $"Has at least {MinLength} characters.");
        if (password.Length > MaxLength)
            return new("too-long", $"Has at most {MaxLength} characters.");
        if (password.Distinct().Count() < DistinctMin)
            return new("too-simple", $"Has at least {DistinctMin} different characters.");
        return userName.Length > 3 && password.Contains(userName, StringComparison.OrdinalIgnoreCase)
            ? new("has-user-name", "Does not contain the user name.")
            : null;
    }

    private static async Task<T> InTurnAsync<T>(Func<T> hashing, CancellationToken ct)
    {
        await Cores.WaitAsync(ct);
        try
        {
            return hashing();
        }
        finally
        {
            Cores.Release();
        }
    }
}
