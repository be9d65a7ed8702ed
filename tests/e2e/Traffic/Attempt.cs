namespace Sluice.EndToEnd.Traffic;

/// <summary>One request and its response as the client saw them.</summary>
/// <param name="Call">The request.</param>
/// <param name="SentAt">The timestamp before the first byte was sent.</param>
/// <param name="AnsweredAt">The timestamp after the last byte of the response.</param>
/// <param name="Verdict">The meaning of the response.</param>
/// <param name="Status">HTTP status; 0 for none.</param>
/// <param name="RetryAfterSeconds">−1 if the response names none.</param>
/// <param name="Text">The body of a response that is not 2xx.</param>
internal sealed record Attempt(
    Call Call, long SentAt, long AnsweredAt, Verdict Verdict, int Status, int RetryAfterSeconds, string Text)
{
    public bool Acknowledged => Verdict is Verdict.Counted or Verdict.Duplicate;

    public override string ToString() =>
        $"{Call.Kind} {Call.Id ?? "(no id)"} of {Call.Tokens} by {Call.Key}: {Verdict}, {Status} {Text}";
}
