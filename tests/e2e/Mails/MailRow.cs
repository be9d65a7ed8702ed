namespace Sluice.EndToEnd.Mails;

/// <summary>A mail in the database, read with SQL past the node.</summary>
/// <param name="MessageId">The id in the mail's header.</param>
/// <param name="State">0 waiting, 1 sent, 2 dead, 3 cancelled.</param>
/// <param name="Claimed">Whether a node has claimed it and not yet recorded the result.</param>
/// <param name="TransitionId">The id of the transition that it announces.</param>
internal sealed record MailRow(string MessageId, short State, bool Claimed, long? TransitionId)
{
    public bool IsSent => State == 1;
}
