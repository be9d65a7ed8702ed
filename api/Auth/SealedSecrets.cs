using Microsoft.AspNetCore.DataProtection;

namespace Sluice.Api.Auth;

/// <summary>Encrypts secrets that must be read again, such as the secret of a second factor.</summary>
internal sealed class SealedSecrets(IDataProtectionProvider provider)
{
    private readonly IDataProtector _secondFactors = provider.CreateProtector("second factor");
    private readonly IDataProtector _mail = provider.CreateProtector("mail");
    private readonly IDataProtector _webhooks = provider.CreateProtector("webhook");

    public byte[] SealTotp(byte[] secret) => _secondFactors.Protect(secret);

    public byte[] OpenTotp(byte[] sealedSecret) => _secondFactors.Unprotect(sealedSecret);

    /// <summary>Encrypts what only a mail's recipient may read: the token in an invitation's link.</summary>
    public byte[] SealForMail(byte[] text) => _mail.Protect(text);

    public byte[] OpenForMail(byte[] sealedText) => _mail.Unprotect(sealedText);

    /// <summary>Encrypts the secret that signs a webhook's deliveries.</summary>
    public byte[] SealForWebhook(byte[] secret) => _webhooks.Protect(secret);

    public byte[] OpenForWebhook(byte[] sealedSecret) => _webhooks.Unprotect(sealedSecret);
}
