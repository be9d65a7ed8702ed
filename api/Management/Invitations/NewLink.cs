namespace Sluice.Api.Management.Invitations;

/// <summary>A link that lets somebody in. Shown once; not a record, whose printing would put it into a log.</summary>
internal sealed class NewLink(string text, byte[] tokenHash, byte[] sealedText)
{
    public string Text { get; } = text;

    /// <summary>What is kept to recognise it.</summary>
    public byte[] TokenHash { get; } = tokenHash;

    /// <summary>The link as the mail has it until it is sent.</summary>
    public byte[] Sealed { get; } = sealedText;
}
