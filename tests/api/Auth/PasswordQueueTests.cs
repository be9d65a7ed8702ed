using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Sluice.Api.Auth;
using Xunit;

namespace Sluice.Api.Tests.Auth;

/// <summary>Hashes of new passwords, tenant by tenant, and the checks of sign-ins beside them.</summary>
public sealed class PasswordQueueTests
{
    private static readonly IPAddress Member = IPAddress.Parse("192.0.2.7");

    /// <summary>Slow enough that the others wait meanwhile, and short enough that other tests can wait too.</summary>
    private readonly Passwords _passwords =
        new(Options.Create(new PasswordHasherOptions { IterationCount = 20_000 }));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OneTenantsResets_AreRefusedBeyondTheirShare_AndDelayNoSignIn()
    {
        var stored = await _passwords.HashAsync("correct horse battery", 1, Cancellation);
        Assert.NotNull(stored);

        var full = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var resets = Enumerable.Range(0, 300).Select(_ => Task.Run(async () =>
        {
            var hash = await _passwords.HashAsync("correct horse battery", 1, Cancellation);
            if (hash is null)
                full.TrySetResult();
            return hash;
        })).ToList();
        await full.Task;
        var other = Task.Run(() => _passwords.HashAsync("another horse battery", 2, Cancellation));
        Assert.Equal(
            PasswordVerificationResult.Success,
            await _passwords.VerifyAsync(stored, "correct horse battery", Member, Cancellation));
        Assert.NotNull(await other);
        var waiting = resets.Count(static hash => !hash.IsCompleted);

        // Both were next: most of the resets that found a place still wait.
        var hashes = await Task.WhenAll(resets);
        Assert.InRange(waiting, 8, 256);
        Assert.InRange(hashes.Count(static hash => hash is null), 40, 299);
    }
}
