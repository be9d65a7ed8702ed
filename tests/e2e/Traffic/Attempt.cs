namespace Sluice.EndToEnd.Traffic;

/// <summary>One request and its answer as the client saw them.</summary>
/// <param name="Call">The request.</param>
/// <param name="SentAt">Timestamp before the first byte left.</param>
/// <param name="AnsweredAt">Timestamp after the last byte of the answer.</param>
/// <param name="Verdict">The meaning of the answer.</param>
/// <param name="Status">HTTP status; 0 for none.</param>
/// <param name="RetryAfterSeconds">−1 where the answer names none.</param>
/// <param name="Text">The body of an answer that is not 2xx.</param>
internal sealed record Attempt(
    Call Call, long SentAt, long AnsweredAt, Verdict Verdict, int Status, int RetryAfterSeconds, string Text)
{
    public bool Acknowledged => Verdict is Verdict.Counted or Verdict.Duplicate;

    public override string ToString() =>
        $"{Call.Kind} {Call.Id ?? "(no id)"} of {Call.Tokens} by {Call.Key}: {Verdict}, {Status} {Text}";
}
