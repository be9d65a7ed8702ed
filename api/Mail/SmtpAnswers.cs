using System.Globalization;
using System.Net.Mail;
using System.Security.Authentication;
using Sluice.Storage.Mail;

namespace Sluice.Api.Mail;

/// <summary>What a server's answers mean for a mail: the one place that reads codes of SMTP (RFC 5321, 4.2).</summary>
internal static class SmtpAnswers
{
    private const int FirstFailure = 400;
    private const int FirstForGood = 500;

    /// <summary>
    /// Codes that say nothing about a mail: the service closes (421), a password or encryption is missing or wrong
    /// (454, 530, 534, 535, 538).
    /// </summary>
    private static readonly int[] OfTheServer = [421, 454, 530, 534, 535, 538];

    /// <summary>Why the server could not be used; null where the failure is an answer about the mail.</summary>
    public static Outage? OutageOf(Exception failure) => failure switch
    {
        SmtpFailedRecipientsException many => many.InnerExceptions
            .Select(OutageOf).FirstOrDefault(static outage => outage is not null),
        SmtpException smtp when OfTheServer.Contains((int)smtp.StatusCode) => new(
            string.Create(CultureInfo.InvariantCulture, $"answer {(int)smtp.StatusCode}"), smtp.Message),
        SmtpException { StatusCode: >= (SmtpStatusCode)FirstFailure } => null,
        SmtpException { InnerException: { } inner } => Named(inner),
        SmtpException or IOException or AuthenticationException or ObjectDisposedException => Named(failure),
        _ => null,
    };

    /// <summary>The answers about recipients whose mail the server took, except for those that it refused.</summary>
    public static IEnumerable<Delivery> Of(
        IReadOnlyList<string> recipients, IReadOnlyList<SmtpFailedRecipientException> failures)
    {
        foreach (var recipient in recipients)
        {
            var failure = failures.FirstOrDefault(f => IsSame(f.FailedRecipient, recipient));
            yield return failure is null ? new(recipient, DeliveryOutcome.Accepted, null) : Of(recipient, failure);
        }
    }

    /// <summary>The answer about one recipient.</summary>
    public static Delivery Of(string recipient, SmtpException failure) => new(
        recipient,
        (int)failure.StatusCode >= FirstForGood ? DeliveryOutcome.Refused : DeliveryOutcome.PutOff,
        string.Create(CultureInfo.InvariantCulture, $"{(int)failure.StatusCode} {failure.Message}"));

    private static Outage Named(Exception failure) =>
        new(failure.GetType().Name, $"{failure.GetType().Name}: {failure.Message}");

    /// <summary>The client names recipients as the protocol does, in angle brackets.</summary>
    private static bool IsSame(string? failed, string recipient) =>
        string.Equals(failed?.Trim('<', '>'), recipient, StringComparison.OrdinalIgnoreCase);
}
