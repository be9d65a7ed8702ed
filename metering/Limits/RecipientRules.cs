using System.Collections.Immutable;
using Sluice.Metering.Metrics;

namespace Sluice.Metering.Limits;

/// <summary>Validates the recipients of email notifications.</summary>
public static class RecipientRules
{
    /// <summary>Maximum recipients per list.</summary>
    public const int MaxRecipients = 20;

    /// <summary>Maximum length of an address in SMTP (RFC 5321, 4.5.3.1).</summary>
    public const int MaxAddressLength = 254;

    private const int MaxLocalLength = 64;
    private const int MaxLabelLength = 63;

    /// <summary>
    /// Checks whether a text has the form of an address: the dot-atom form of RFC 5322, with a domain of at least two
    /// labels. Quoted and internationalised forms are rejected, because mail servers on the way refuse them. Nothing
    /// that could end a mail header is accepted.
    /// </summary>
    public static bool IsAddress(ReadOnlySpan<char> text)
    {
        var at = text.IndexOf('@');
        return text.Length <= MaxAddressLength
            && at is > 0 and <= MaxLocalLength
            && IsLocal(text[..at])
            && IsDomain(text[(at + 1)..]);
    }

    /// <summary>Checks a list of recipients and returns every broken rule.</summary>
    /// <param name="recipients">The addresses.</param>
    /// <param name="field">The list's path in the request, such as <c>recipients.warning</c>.</param>
    public static ImmutableArray<FieldError> Check(IReadOnlyList<string> recipients, string field)
    {
        var broken = ImmutableArray.CreateBuilder<FieldError>();
        if (recipients.Count > MaxRecipients)
            broken.Add(new(field, "too-many", $"At most {MaxRecipients} recipients can be named."));
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < recipients.Count; i++)
        {
            if (!IsAddress(recipients[i]))
                broken.Add(new($"{field}[{i}]", "address-form", "This is not an email address."));
            else if (!seen.Add(recipients[i]))
                broken.Add(new($"{field}[{i}]", "duplicate", "This address is named twice."));
        }

        return broken.ToImmutable();
    }

    private static bool IsLocal(ReadOnlySpan<char> local)
    {
        if (local[0] == '.' || local[^1] == '.' || local.IndexOf("..", StringComparison.Ordinal) >= 0)
            return false;
        foreach (var c in local)
        {
            if (!char.IsAsciiLetterOrDigit(c) && !"!#$%&'*+-/=?^_`{|}~.".Contains(c, StringComparison.Ordinal))
                return false;
        }

        return true;
    }

    private static bool IsDomain(ReadOnlySpan<char> domain)
    {
        var labels = 0;
        foreach (var range in domain.Split('.'))
        {
            var label = domain[range];
            if (label.Length is 0 or > MaxLabelLength || label[0] == '-' || label[^1] == '-')
                return false;
            foreach (var c in label)
            {
                if (!char.IsAsciiLetterOrDigit(c) && c != '-')
                    return false;
            }

            labels++;
        }

        return labels >= 2;
    }
}
