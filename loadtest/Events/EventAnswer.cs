using System.Text;

namespace Sluice.LoadTest.Events;

/// <summary>An event's result with its HTTP status and, for a failure, the server's message.</summary>
internal readonly record struct EventAnswer(EventOutcome Outcome, int Status, string? Failure = null)
{
    private const int FailureCharsMax = 500;

    public static EventAnswer FailedWith(int status, ReadOnlySpan<byte> body)
    {
        var text = Encoding.UTF8.GetString(body[..Math.Min(body.Length, FailureCharsMax)]);
        return new EventAnswer(EventOutcome.Failed, status, $"status {status}: {text}");
    }
}
