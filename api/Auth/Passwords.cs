using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Sluice.Api.Lanes;
using Sluice.Engine.Keys;

namespace Sluice.Api.Auth;

/// <summary>Hashes and checks members' passwords as ASP.NET Core Identity does, and judges new ones.</summary>
internal sealed class Passwords(IOptions<PasswordHasherOptions> options)
{
    /// <summary>The fewest characters of a password that someone chooses.</summary>
    public const int MinLength = 10;

    /// <summary>The most characters: longer passwords take longer to hash.</summary>
    public const int MaxLength = 128;

    /// <summary>
    /// The refusal of an attempt, or of a new password, for whose account or tenant too many others are waiting.
    /// </summary>
    public static readonly Error TooMany = new Error.TooMany(
        "attempts", "Too many attempts at the same time; try again in a moment.", RetryAfterSeconds: 1);

    private const int DistinctMin = 5;

    /// <summary>Maximum checks that wait for a core; more are refused.</summary>
    private const int WaitingMax = 64;

    /// <summary>Maximum new passwords that wait to be hashed; a tenant has as many as are still free.</summary>
    private const int NewWaitingMax = 256;

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
    private static readonly FairQueue<SenderNetwork> Checks = new(CoresUsed, WaitingMax);

    /// <summary>
    /// Lets in as many new hashes as checks, tenant by tenant: the cores are then dealt out between both, so a sign-in
    /// waits for one hash of the others at most, however many passwords a tenant resets.
    /// </summary>
    private static readonly FairQueue<long> NewHashes = new(CoresUsed, NewWaitingMax);

    private readonly PasswordHasher<object> _hasher = new(options);

    /// <summary>
    /// The hash to compare with if there is no such account, so that the answer takes as long as for a wrong password.
    /// </summary>
    private readonly string _nobodysHash =
        new PasswordHasher<object>(options).HashPassword(Nobody, "nobody has this password");

    /// <summary>Hashes a new password when it is its tenant's turn.</summary>
    /// <param name="password">The password, at most <see cref="MaxLength"/> characters.</param>
    /// <param name="tenantId">The tenant whose places it takes; 0 for the operator.</param>
    /// <param name="ct">Cancels the wait for a core.</param>
    /// <returns>Null if too many of the tenant are waiting.</returns>
    public async Task<string?> HashAsync(string password, long tenantId, CancellationToken ct)
    {
        if (!await NewHashes.TryEnterAsync(tenantId, ct))
            return null;
        try
        {
            // The hasher ignores the user argument.
            return await InTurnAsync(() => _hasher.HashPassword(Nobody, password), ct);
        }
        finally
        {
            NewHashes.Leave(tenantId);
        }
    }

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
        var network = SenderNetwork.Of(sender);
        if (!await Checks.TryEnterAsync(network, ct))
            return null;
        try
        {
            var verified = await InTurnAsync(
                () => _hasher.VerifyHashedPassword(Nobody, hash ?? _nobodysHash, given), ct);
            return hash is null ? PasswordVerificationResult.Failed : verified;
        }
        finally
        {
            Checks.Leave(network);
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
