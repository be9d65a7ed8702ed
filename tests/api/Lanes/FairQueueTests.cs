using System.Net;
using Sluice.Api.Lanes;
using Sluice.Engine.Keys;
using Xunit;

namespace Sluice.Api.Tests.Lanes;

public sealed class FairQueueTests
{
    private static readonly SenderNetwork Guesser = SenderNetwork.Of(IPAddress.Parse("192.0.2.1"));
    private static readonly SenderNetwork Member = SenderNetwork.Of(IPAddress.Parse("192.0.2.2"));

    private readonly FairQueue<SenderNetwork> _queue = new(atOnce: 1, waitingMax: 8);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OneWhoGuesses_WaitsBehindTheOwnGuesses_AndAMemberIsNext()
    {
        Assert.True(await _queue.TryEnterAsync(Guesser, Cancellation));
        var guesses = Enumerable.Range(0, 4).Select(_ => _queue.TryEnterAsync(Guesser, Cancellation)).ToArray();
        Assert.False(await _queue.TryEnterAsync(Guesser, Cancellation));
        var signIn = _queue.TryEnterAsync(Member, Cancellation);

        _queue.Leave(Guesser);
        Assert.True(await guesses[0]);
        _queue.Leave(Guesser);
        Assert.True(await signIn);

        Assert.Equal(3, guesses.Count(static guess => !guess.IsCompleted));
        _queue.Leave(Member);
        Assert.True(await guesses[1]);
        for (var next = 2; next < guesses.Length; next++)
        {
            _queue.Leave(Guesser);
            Assert.True(await guesses[next]);
        }

        _queue.Leave(Guesser);
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
        _queue.Leave(Member);
        Assert.True(await second);

        _queue.Leave(Member);
        Assert.True(await _queue.TryEnterAsync(Member, Cancellation));
    }

    [Fact]
    public async Task HostsOfOneNetworkOfIPv6_AreOneSender()
    {
        Assert.True(await _queue.TryEnterAsync(Guesser, Cancellation));
        var answers = Enumerable.Range(0, 8).Select(
            host => _queue.TryEnterAsync(NetworkOf($"2001:db8::{host}"), Cancellation)).ToArray();

        Assert.Equal(4, answers.Count(static answer => !answer.IsCompleted));
        Assert.False(_queue.TryEnterAsync(NetworkOf("2001:db8:0:1::1"), Cancellation).IsCompleted);
    }

    [Fact]
    public async Task OneThatHasAsManyAsItMay_LeavesTheOtherPlacesFree()
    {
        var queue = new FairQueue<long>(atOnce: 3, waitingMax: 8, atOnceOfOne: 2);
        Assert.True(await queue.TryEnterAsync(1, Cancellation));
        Assert.True(await queue.TryEnterAsync(1, Cancellation));
        var third = queue.TryEnterAsync(1, Cancellation);
        Assert.False(third.IsCompleted);

        Assert.True(await queue.TryEnterAsync(2, Cancellation));
        queue.Leave(2);
        Assert.False(third.IsCompleted);
        queue.Leave(1);
        Assert.True(await third);
    }

    [Fact]
    public async Task ThoseWhoHaveGone_KeepNoPlaceFromOthers()
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Assert.True(await _queue.TryEnterAsync(Member, Cancellation));
        var waiting = Enumerable.Range(0, 4).Select(_ => _queue.TryEnterAsync(Guesser, gone.Token)).ToArray();
        Assert.False(await _queue.TryEnterAsync(Guesser, Cancellation));

        await gone.CancelAsync();
        foreach (var turn in waiting)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => turn);

        var again = Enumerable.Range(0, 4).Select(_ => _queue.TryEnterAsync(Guesser, Cancellation)).ToArray();
        Assert.All(again, static turn => Assert.False(turn.IsCompleted));
    }

    private static SenderNetwork NetworkOf(string address) => SenderNetwork.Of(IPAddress.Parse(address));
}
