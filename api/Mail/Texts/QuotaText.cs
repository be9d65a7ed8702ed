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

    public static MailContent Write(Model model, string timeZone, MailLanguage tongue)
    {
        var account = tongue.Quote(model.Tenant);
        if (model.State == "open")
            return WriteRequest(model, account, timeZone, tongue);
        var approved = model.State == "approved";
        return new(
            SubjectOf(model, account, tongue),
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

    /// <summary>Returns the subject of a decision. If there was no quota before, it is set instead of raised.</summary>
    private static string SubjectOf(Model model, string account, MailLanguage tongue)
    {
        if (model.Approved is null)
            return tongue.Say($"Quota request denied: {account}", $"Demande de quota refusée : {account}");
        return model.Quota is null
            ? tongue.Say($"Quota set: {account}", $"Quota fixé : {account}")
            : tongue.Say($"Quota raised: {account}", $"Quota relevé : {account}");
    }

    private static MailContent WriteRequest(Model model, string account, string timeZone, MailLanguage tongue) => new(
        tongue.Say($"Quota request: {account}", $"Demande de quota : {account}"),
        [tongue.Say(
            $"The account {account} asks for a higher quota.",
            $"Le compte {account} demande un quota plus élevé.")],
        [.. FactsOf(model, timeZone, tongue)],
        null,
        [tongue.Say(
            "The quota stays what it is until the request is approved.",
            "Le quota reste inchangé tant que la demande n'est pas acceptée.")]);

    private static IEnumerable<Fact> FactsOf(Model model, string timeZone, MailLanguage tongue)
    {
        yield return new(tongue.Say("Account", "Compte"), model.Tenant);
        yield return new(tongue.Say("Asked for", "Montant demandé"), Money(model, model.Amount, tongue));
        if (model.Quota is { } present)
        {
            var label = model.Approved is null
                ? tongue.Say("Present quota", "Quota actuel")
                : tongue.Say("Former quota", "Ancien quota");
            yield return new(label, Money(model, present, tongue));
        }

        if (model.Approved is { } quota)
            yield return new(tongue.Say("New quota", "Nouveau quota"), Money(model, quota, tongue));
        if (!string.IsNullOrEmpty(model.Reason))
            yield return new(tongue.Say("Reason given", "Motif indiqué"), model.Reason, HasLines: true);
        if (!string.IsNullOrEmpty(model.Note))
            yield return new(tongue.Say("Note", "Remarque"), model.Note);
        if (model.State == "open" && model.CreatedBy is { } asker)
            yield return new(tongue.Say("Asked by", "Demandé par"), asker);
        if ((model.DecidedAt ?? model.CreatedAt) is { } at)
            yield return new(tongue.Say("Time", "Date et heure"), tongue.Time(at, timeZone));
    }

    private static string Money(Model model, string amount, MailLanguage tongue) =>
        MailLanguage.With(tongue.Number(amount), model.Currency);
}
