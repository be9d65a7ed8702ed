namespace Sluice.Api.Mail.Texts;

/// <summary>The mail that tells how a request for more quota was decided.</summary>
internal static class QuotaText
{
    public const string Kind = "quota_decided";

    /// <param name="State"><c>approved</c> or <c>denied</c>.</param>
    /// <param name="Amount">What was asked for, as a JSON number.</param>
    /// <param name="Approved">The new quota, likewise; null where it was denied.</param>
    internal sealed record Model(
        string Tenant,
        string Currency,
        string State,
        string Amount,
        string? Approved,
        string? Reason,
        string? Note,
        DateTimeOffset? DecidedAt);

    public static MailContent Write(Model model, string timeZone, Tongue tongue)
    {
        var account = tongue.Quote(model.Tenant);
        var approved = model.State == "approved";
        return new(
            approved
                ? tongue.Say($"Quota raised: {account}", $"Quota relevé : {account}")
                : tongue.Say($"Quota request denied: {account}", $"Demande de quota refusée : {account}"),
            [approved
                ? tongue.Say(
                    $"The request for a higher quota of the account {account} was approved.",
                    $"La demande de relèvement du quota du compte {account} a été acceptée.")
                : tongue.Say(
                    $"The request for a higher quota of the account {account} was denied.",
                    $"La demande de relèvement du quota du compte {account} a été refusée.")],
            [.. FactsOf(model, timeZone, tongue)],
            null,
            [approved
                ? tongue.Say("The new quota is in force.", "Le nouveau quota est en vigueur.")
                : tongue.Say("The quota stays what it was.", "Le quota reste inchangé.")]);
    }

    private static IEnumerable<Fact> FactsOf(Model model, string timeZone, Tongue tongue)
    {
        yield return new(tongue.Say("Account", "Compte"), model.Tenant);
        yield return new(tongue.Say("Asked for", "Montant demandé"), Money(model, model.Amount, tongue));
        if (model.Approved is { } quota)
            yield return new(tongue.Say("New quota", "Nouveau quota"), Money(model, quota, tongue));
        if (!string.IsNullOrEmpty(model.Reason))
            yield return new(tongue.Say("Reason given", "Motif indiqué"), model.Reason);
        if (!string.IsNullOrEmpty(model.Note))
            yield return new(tongue.Say("Note", "Remarque"), model.Note);
        if (model.DecidedAt is { } at)
            yield return new(tongue.Say("Time", "Date et heure"), tongue.Time(at, timeZone));
    }

    private static string Money(Model model, string amount, Tongue tongue) =>
        Tongue.With(tongue.Number(amount), model.Currency);
}
