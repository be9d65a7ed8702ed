using System.Net;
using Sluice.Api.Auth;
using Xunit;

namespace Sluice.Api.Tests.Auth;

public sealed class CheckQueueTests
{
    private static readonly IPAddress Guesser = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress Member = IPAddress.Parse("192.0.2.2");

    private readonly CheckQueue _queue = new(atOnce: 1, waitingMax: 8);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OneWhoGuesses_WaitsBehindTheOwnGuesses_AndAMemberIsNext()
    {
        Assert.True(await _queue.TryEnterAsync(Guesser, Cancellation));
        var guesses = Enumerable.Range(0, 4).Select(_ => _queue.TryEnterAsync(Guesser, Cancellation)).ToArray();
        Assert.False(await _queue.TryEnterAsync(Guesser, Cancellation));
        var signIn = _queue.TryEnterAsync(Member, Cancellation);

        _queue.Leave();
        Assert.True(await guesses[0]);
        _queue.Leave();
        Assert.True(await signIn);

        Assert.Equal(3, guesses.Count(static guess => !guess.IsCompleted));
        for (var next = 1; next < guesses.Length; next++)
        {
            _queue.Leave();
            Assert.True(await guesses[next]);
        }

        _queue.Leave();
        Assert.True(await _queue.TryEnterAsync(Guesser, Cancellation));
    }

    [Fact]
    public async Task TheTurnOfOneWhoHasGone_IsTheNextOnes()
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Assert.True(await _queue.TryEnterAsync(Member, Cancellation));
        var first = _queue.TryEnterAsync(Guesser, gone.Token);
        var second = _queue.TryEnterAsync(Member, Cancellation);

        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        _queue.Leave();
        Assert.True(await second);

        _queue.Leave();
        Assert.True(await _queue.TryEnterAsync(Member, Cancellation));
    }

    [Fact]
    public async Task HostsOfOneNetworkOfIPv6_AreOneSender()
    {
        Assert.True(await _queue.TryEnterAsync(Guesser, Cancellation));
        var answers = Enumerable.Range(0, 8).Select(
            host => _queue.TryEnterAsync(IPAddress.Parse($"2001:db8::{host}"), Cancellation)).ToArray();

        Assert.Equal(4, answers.Count(static answer => !answer.IsCompleted));
        Assert.False(_queue.TryEnterAsync(IPAddress.Parse("2001:db8:0:1::1"), Cancellation).IsCompleted);
    }
}
