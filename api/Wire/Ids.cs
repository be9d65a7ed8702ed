namespace Sluice.Api.Wire;

/// <summary>
/// The numbers behind the ids of the contract. An invalid id is read as 0, which no row has, so a mistyped id is
/// answered like an unknown one.
/// </summary>
internal static class Ids
{
    public static long Read(char prefix, string? text) =>
        IdText.TryParse(prefix, text, out var value) ? value : 0;

    public static string Tenant(long value) => IdText.Format(IdText.Tenant, value);

    public static string Project(long value) => IdText.Format(IdText.Project, value);

    public static string Key(long value) => IdText.Format(IdText.Key, value);

    public static string Member(long value) => IdText.Format(IdText.Member, value);

    public static string Seat(long value) => IdText.Format(IdText.Seat, value);

    public static string AccessToken(long value) => IdText.Format(IdText.AccessToken, value);

    public static string Invitation(long value) => IdText.Format(IdText.Invitation, value);

    public static string Subscription(long value) => IdText.Format(IdText.Subscription, value);

    public static string QuotaRequest(long value) => IdText.Format(IdText.QuotaRequest, value);

    public static string Notification(long value) => IdText.Format(IdText.Mail, value);

    public static string Boost(long value) => IdText.Format(IdText.Boost, value);

    public static string Webhook(long value) => IdText.Format(IdText.Webhook, value);

    public static string PriceBook(long value) => IdText.Format(IdText.PriceBook, value);

    public static string WebhookDelivery(long value) => IdText.Format(IdText.WebhookDelivery, value);
}
