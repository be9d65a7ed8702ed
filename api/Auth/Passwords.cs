using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Sluice.Api.Validation;
using Sluice.Api.Wire;

namespace Sluice.Api.Auth;

/// <summary>Passwords of members: hashed as ASP.NET Core Identity does, and what a good one is.</summary>
internal sealed class Passwords(IOptions<PasswordHasherOptions> options)
{
    /// <summary>Fewest characters of a password that someone chooses.</summary>
    public const int MinLength = 10;

    /// <summary>Most characters: hashing takes longer for longer ones.</summary>
    public const int MaxLength = 128;

    private const int DistinctMin = 5;

    private static readonly object Nobody = new();

    /// <summary>
    /// A hash is tens of milliseconds of a core without a pause. A burst of them on every core would hold up whatever
    /// else the node does, usage and the one action whose turn it is included; so they wait for half of the cores.
    /// </summary>
    private static readonly SemaphoreSlim Cores = new(Math.Max(1, Environment.ProcessorCount / 2));

    private readonly PasswordHasher<object> _hasher = new(options);

    /// <summary>
    /// Compared where there is no such account, so that the answer takes as long as for a wrong password.
    /// </summary>
    private readonly string _nobodysHash =
        new PasswordHasher<object>(options).HashPassword(Nobody, "nobody has this password");

    // The hasher has no use for the user it is given.
    public Task<string> HashAsync(string password, CancellationToken ct) =>
        InTurnAsync(() => _hasher.HashPassword(Nobody, password), ct);

    /// <param name="hash">Null where there is no such account.</param>
    /// <param name="password">What was sent.</param>
    /// <param name="ct">Cancels the waiting.</param>
    /// <returns>Whether it is right, and if so, whether its hash is of an older kind than new ones are.</returns>
    public async Task<PasswordVerificationResult> VerifyAsync(string? hash, string? password, CancellationToken ct)
    {
        var given = password is { Length: > 0 and <= MaxLength } ? password : "";
        var verified = await InTurnAsync(
            () => _hasher.VerifyHashedPassword(Nobody, hash ?? _nobodysHash, given), ct);
        return hash is null ? PasswordVerificationResult.Failed : verified;
    }

    /// <summary>
    /// Returns the rule that a new password breaks, or null. Length counts, not kinds of characters (NIST SP 800-63B);
    /// what is guessed first is refused.
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
