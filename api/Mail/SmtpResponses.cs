using System.Globalization;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Sluice.Storage.Outbox.Mail;

namespace Sluice.Api.Mail;

/// <summary>Reads the codes of SMTP (RFC 5321, 4.2): what a server's response means for a mail.</summary>
internal static class SmtpResponses
{
    private const int FirstPermanent = 500;

    /// <summary>
    /// Codes that say nothing about a mail: the service closes (421), a password or encryption is missing or wrong
    /// (454, 530, 534, 535, 538).
    /// </summary>
    private static readonly int[] OfTheServer = [421, 454, 530, 534, 535, 538];

    public static bool IsOutage(int code) => OfTheServer.Contains(code);

    /// <summary>Why the server could not be used; null if the failure is a response about the mail.</summary>
    public static Outage? OutageOf(Exception failure) => failure switch
    {
        SmtpCommandException command => IsOutage((int)command.StatusCode)
            ? new(string.Create(CultureInfo.InvariantCulture, $"answer {(int)command.StatusCode}"), command.Message)
            : null,
        ServiceNotAuthenticatedException or ServiceNotConnectedException or ProtocolException or AuthenticationException
            or SslHandshakeException or SocketException or IOException or NotSupportedException
            or ObjectDisposedException => Named(failure),
        _ => null,
    };

    /// <summary>The response about one recipient.</summary>
    public static Delivery Of(string recipient, int code, string text) => new(
        recipient,
        code >= FirstPermanent ? DeliveryOutcome.Refused : DeliveryOutcome.PutOff,
        string.Create(CultureInfo.InvariantCulture, $"{code} {text}"));

    private static Outage Named(Exception failure) =>
        new(failure.GetType().Name, $"{failure.GetType().Name}: {failure.Message}");
}
