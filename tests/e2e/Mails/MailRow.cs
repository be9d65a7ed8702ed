namespace Sluice.EndToEnd.Mails;

/// <summary>A mail as the database has it, read by SQL behind the node's back.</summary>
/// <param name="MessageId">As in the mail's header.</param>
/// <param name="State">0 waiting, 1 sent, 2 dead, 3 cancelled.</param>
/// <param name="Claimed">A node has taken it to send it, and not said yet what became of it.</param>
/// <param name="TransitionId">The transition that it announces.</param>
internal sealed record MailRow(string MessageId, short State, bool Claimed, long? TransitionId)
{
    public bool IsSent => State == 1;
}
