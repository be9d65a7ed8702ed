namespace Sluice.Api.Mail.Texts;

/// <summary>The mails about a quota request: one to the operator, and one with the decision to the requester.</summary>
internal static class QuotaText
{
    public const string Requested = "quota_requested";

    public const string Decided = "quota_decided";

    /// <param name="State"><c>open</c>, <c>approved</c> or <c>denied</c>.</param>
    /// <param name="Amount">The requested amount, as a JSON number.</param>
    /// <param name="Quota">The quota when the mail was written, as a JSON number; null if there was none.</param>
    /// <param name="Reason">The reason, with the requester's line breaks.</param>
    /// <param name="CreatedBy">The user name of the requester, or <c>operator</c>.</param>
    /// <param name="Approved">The new quota, as a JSON number; null if it was denied.</param>
    internal sealed record Model(
        string Tenant,
        string Currency,
        string State,
        string Amount,
        string? Quota,
        string? Approved,
        string? Reason,
        string? Note,
        string? CreatedBy,
        DateTimeOffset? CreatedAt,
        DateTimeOffset? DecidedAt);

    public static MailContent Write(Model model, string timeZone, MailLanguage language)
    {
        var account = language.Quote(model.Tenant);
        if (model.State == "open")
            return WriteRequest(model, account, timeZone, language);
        var approved = model.State == "approved";
        return new(
            SubjectOf(model, account, language),
            [approved
                ? language.Say(
                    $"The request for a higher quota of the account {account} was approved.",
                    $"La demande de relèvement du quota du compte {account} a été acceptée.")
                : language.Say(
                    $"The request for a higher quota of the account {account} was denied.",
                    $"La demande de relèvement du quota du compte {account} a été refusée.")],
            [.. FactsOf(model, timeZone, language)],
            null,
            [approved
                ? language.Say("The new quota is in force.", "Le nouveau quota est en vigueur.")
                : language.Say("The quota stays what it was.", "Le quota reste inchangé.")]);
    }

    /// <summary>Returns the subject of a decision. If there was no quota before, it is set instead of raised.</summary>
    private static string SubjectOf(Model model, string account, MailLanguage language)
    {
        if (model.Approved is null)
            return language.Say($"Quota request denied: {account}", $"Demande de quota refusée : {account}");
        return model.Quota is null
            ? language.Say($"Quota set: {account}", $"Quota fixé : {account}")
            : language.Say($"Quota raised: {account}", $"Quota relevé : {account}");
    }

    private static MailContent WriteRequest(Model model, string account, string timeZone, MailLanguage language) => new(
        language.Say($"Quota request: {account}", $"Demande de quota : {account}"),
        [language.Say(
            $"The account {account} asks for a higher quota.",
            $"Le compte {account} demande un quota plus élevé.")],
        [.. FactsOf(model, timeZone, language)],
        null,
        [language.Say(
            "The quota stays what it is until the request is approved.",
            "Le quota reste inchangé tant que la demande n'est pas acceptée.")]);

    private static IEnumerable<Fact> FactsOf(Model model, string timeZone, MailLanguage language)
    {
        yield return new(language.Say("Account", "Compte"), model.Tenant);
        yield return new(language.Say("Asked for", "Montant demandé"), Money(model, model.Amount, language));
        if (model.Quota is { } present)
        {
            var label = model.Approved is null
                ? language.Say("Present quota", "Quota actuel")
                : language.Say("Former quota", "Ancien quota");
            yield return new(label, Money(model, present, language));
        }

        if (model.Approved is { } quota)
            yield return new(language.Say("New quota", "Nouveau quota"), Money(model, quota, language));
        if (!string.IsNullOrEmpty(model.Reason))
            yield return new(language.Say("Reason given", "Motif indiqué"), model.Reason, HasLines: true);
        if (!string.IsNullOrEmpty(model.Note))
            yield return new(language.Say("Note", "Remarque"), model.Note);
        if (model.State == "open" && model.CreatedBy is { } asker)
            yield return new(language.Say("Asked by", "Demandé par"), asker);
        if ((model.DecidedAt ?? model.CreatedAt) is { } at)
            yield return new(language.Say("Time", "Date et heure"), language.Time(at, timeZone));
    }

    private static string Money(Model model, string amount, MailLanguage language) =>
        MailLanguage.With(language.Number(amount), model.Currency);
}
