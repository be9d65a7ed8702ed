namespace Sluice.Api.Management.Invitations;

/// <summary>
/// A new invitation link. Shown once; not a record, because a record's <c>ToString</c> would put it into logs.
/// </summary>
internal sealed class NewLink(string text, byte[] tokenHash, byte[] sealedText)
{
    public string Text { get; } = text;

    /// <summary>The hash by which the link's token is recognized.</summary>
    public byte[] TokenHash { get; } = tokenHash;

    /// <summary>The encrypted link, kept for the mail until it is sent.</summary>
    public byte[] Sealed { get; } = sealedText;
}
