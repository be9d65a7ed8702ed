using Sluice.Metering.Limits;
using Sluice.Metering.Periods;

namespace Sluice.Api.Mail.Texts;

/// <summary>The mails of a warning, and of a limit that was reached or has refused a request.</summary>
internal static class ThresholdText
{
    public const string Warning = "warning";
    public const string Blocked = "blocked";

    /// <param name="Scope">The scope's kind as it is stored, like <paramref name="Source"/>.</param>
    /// <param name="ScopeName">The scope's name; null for a seat, which has none.</param>
    /// <param name="Refused">The amount of the first refused request; null if usage reached the limit.</param>
    /// <param name="IsBlocked">Whether a limit of the scope was reached when the mail was written.</param>
    internal sealed record Model(
        string Tenant,
        string TimeZone,
        ScopeKind Scope,
        long ScopeId,
        string? ScopeName,
        string Metric,
        int Decimals,
        string Currency,
        LimitSource Source,
        long Value,
        long Used,
        long? Refused,
        int Period,
        DateTimeOffset At,
        bool IsBlocked = false);

    public static MailContent Write(string kind, Model model, MailLanguage language)
    {
        var isWarning = kind == Warning;
        var metric = MetricWords.Of(model.Metric, language);
        return new(
            SubjectOf(isWarning, model, metric, language),
            [OpeningOf(isWarning, model, metric, language)],
            [.. FactsOf(isWarning, model, metric, language)],
            null,
            isWarning
                ? [Reassurance(model, language)]
                : [Consequence(model, language), Remedy(model.Source, language)]);
    }

    private static string SubjectOf(bool isWarning, Model model, string metric, MailLanguage language)
    {
        var (what, period) = (ScopeOf(model, language), language.Period(new(model.Period)));
        return (isWarning, model.Refused) switch
        {
            (true, _) => language.Say(
                $"Usage warning: {metric}, {what}, {period}",
                $"Avertissement de consommation : {metric}, {what}, {period}"),
            (_, null) => language.Say(
                $"Limit reached: {metric}, {what}, {period}", $"Limite atteinte : {metric}, {what}, {period}"),
            _ => language.Say(
                $"Request refused by a limit: {metric}, {what}, {period}",
                $"Requête refusée par une limite : {metric}, {what}, {period}"),
        };
    }

    private static string OpeningOf(bool isWarning, Model model, string metric, MailLanguage language)
    {
        var (what, value) = (ScopeOf(model, language), Amount(model, model.Value, language));
        if (isWarning)
        {
            return language.Say(
                $"Usage ({metric}) of {what} has reached the warning threshold of {value}.",
                $"La consommation ({metric}) pour {what} a atteint le seuil d'avertissement de {value}.");
        }

        if (model.Refused is not { } refused)
        {
            return language.Say(
                $"Usage ({metric}) of {what} has reached the limit of {value}.",
                $"La consommation ({metric}) pour {what} a atteint la limite de {value}.");
        }

        var asked = Amount(model, refused, language);
        return language.Say(
            $"The limit of {value} ({metric}) of {what} has refused a request of {asked} for the first time.",
            $"La limite de {value} ({metric}) pour {what} a refusé pour la première fois une requête de {asked}.");
    }

    private static IEnumerable<Fact> FactsOf(bool isWarning, Model model, string metric, MailLanguage language)
    {
        yield return new(language.Say("Account", "Compte"), model.Tenant);
        yield return new(language.Say("Scope", "Portée"), ScopeOf(model, language));
        yield return new(language.Say("Metric", "Mesure"), metric);
        yield return new(
            isWarning ? language.Say("Warning threshold", "Seuil d'avertissement") : language.Say("Limit", "Limite"),
            Amount(model, model.Value, language));
        yield return new(language.Say("Usage", "Consommation"), Amount(model, model.Used, language));
        if (model.Refused is { } refused)
            yield return new(language.Say("Refused request", "Requête refusée"), Amount(model, refused, language));
        yield return new(language.Say("Period", "Période"), language.Period(new(model.Period)));
        yield return new(language.Say("Time", "Date et heure"), language.Time(model.At, model.TimeZone));
    }

    private static string Reassurance(Model model, MailLanguage language) => model.IsBlocked
        ? language.Say(
            $"A limit of {ScopeOf(model, language)} has been reached too: requests that would pass it are refused.",
            $"Une limite a aussi été atteinte pour {ScopeOf(model, language)} : les requêtes qui la dépasseraient sont "
                + "refusées.")
        : language.Say(
            "Requests go on: this warning refuses nothing.",
            "Les requêtes continuent : cet avertissement n'entraîne aucun refus.");

    private static string Consequence(Model model, MailLanguage language)
    {
        if (EndOf(model) is not { } end)
        {
            return language.Say(
                "Requests that would pass the limit are refused until it is raised.",
                "Les requêtes qui dépasseraient la limite sont refusées jusqu'à ce qu'elle soit relevée.");
        }

        var time = language.Time(end, model.TimeZone);
        return language.Say(
            $"Requests that would pass the limit are refused until the period ends on {time}, or the limit is raised.",
            $"Les requêtes qui dépasseraient la limite sont refusées jusqu'à la fin de la période, le {time}, ou "
                + "jusqu'à ce que la limite soit relevée.");
    }

    private static string Remedy(LimitSource source, MailLanguage language) => source switch
    {
        LimitSource.Quota => language.Say(
            "The operator of the platform can raise it; the account's owner or an administrator can ask for that.",
            "L'opérateur de la plateforme peut la relever ; le propriétaire du compte ou un administrateur peut en "
                + "faire la demande."),
        LimitSource.Threshold or LimitSource.Plan => language.Say(
            "The operator of the platform can raise it.", "L'opérateur de la plateforme peut la relever."),
        LimitSource.Key => language.Say(
            "Whoever manages the key can raise it.", "Toute personne qui gère la clé peut la relever."),
        _ => language.Say(
            "The account's owner or an administrator can raise it.",
            "Le propriétaire du compte ou un administrateur peut la relever."),
    };

    private static string ScopeOf(Model model, MailLanguage language) => model.Scope switch
    {
        ScopeKind.Tenant => language.Say("the account ", "le compte ") + language.Quote(model.Tenant),
        ScopeKind.Project => language.Say("the project ", "le projet ") + language.Quote(model.ScopeName ?? ""),
        ScopeKind.Key => language.Say("the API key ", "la clé d'API ") + language.Quote(model.ScopeName ?? ""),
        _ => language.Say("the seat ", "le siège ") + Ids.Seat(model.ScopeId),
    };

    private static string Amount(Model model, long units, MailLanguage language) => MailLanguage.With(
        language.Number(units, model.Decimals), MetricWords.UnitOf(model.Metric, model.Currency, language));

    private static DateTimeOffset? EndOf(Model model)
    {
        var period = new PeriodKey(model.Period);
        if (period.Kind == PeriodKind.Total || !period.IsDate)
            return null;
        var calendar = TenantCalendar.TryCreate(model.TimeZone, out var own, out _) ? own : TenantCalendar.Utc;
        return DateTimeOffset.FromUnixTimeMilliseconds(calendar.Of(period).EndMs);
    }
}
