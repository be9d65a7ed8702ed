namespace Sluice.EndToEnd.Mails;

/// <summary>A mail in the database, read with SQL past the node.</summary>
/// <param name="MessageId">The id in the mail's header.</param>
/// <param name="State">0 waiting, 1 sent, 2 dead, 3 cancelled.</param>
/// <param name="Claimed">Whether a node has claimed it and not yet recorded the result.</param>
/// <param name="ThresholdEventId">The id of the threshold event that it announces.</param>
internal sealed record MailRow(string MessageId, short State, bool Claimed, long? ThresholdEventId)
{
    public bool IsSent => State == 1;
}
