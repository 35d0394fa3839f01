//! Why nothing is sent by the Matrix SDK's own client, of which only the types
//! are used: it asks again in silence where it has been told not to, and reads
//! an answer however long it is. Whoever takes a newer SDK is told here when
//! that has changed and signing in can go by it.

use matrix_sdk::Client;
use matrix_sdk::config::RequestConfig;
use serde_json::json;
use wiremock::matchers::path;
use wiremock::{Mock, MockServer, ResponseTemplate};

const VERSIONS: &str = "/_matrix/client/versions";
const LOGIN: &str = "/_matrix/client/v3/login";

/// The SDK's client, told to try nothing twice, and the server that it has,
/// which answers these paths.
fn with_client<T>(
    answers: &[(&str, ResponseTemplate)],
    ask: impl AsyncFnOnce(&Client, &MockServer) -> T,
) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let server = MockServer::start().await;
        for (at, answer) in answers {
            Mock::given(path(*at)).respond_with(answer.clone()).mount(&server).await;
        }
        let once = RequestConfig::new().disable_retry();
        let client =
            Client::builder().homeserver_url(server.uri()).request_config(once).build().await.unwrap();
        ask(&client, &server).await
    })
}

#[test]
fn the_sdk_asks_again_in_silence() {
    let versions = ResponseTemplate::new(200).set_body_json(json!({ "versions": ["v1.11"] }));
    let broken = json!({ "errcode": "M_UNKNOWN", "error": "Internal server error" });
    let broken = ResponseTemplate::new(500).set_body_json(broken);
    let asked = with_client(&[(VERSIONS, versions), (LOGIN, broken)], async |client, server| {
        let signed_in = client.matrix_auth().login_username("ada", "secret").send().await;
        assert!(signed_in.is_err());
        let received = server.received_requests().await.unwrap();
        received.iter().filter(|request| request.url.path() == LOGIN).count()
    });
    assert!(asked > 1, "the SDK can be told to ask once now: signing in could go by it");
}

#[test]
fn the_sdk_reads_however_long_an_answer_is() {
    // 32 times what the program itself takes of a homeserver's answer.
    let padding = "a".repeat(32 << 20);
    let versions =
        ResponseTemplate::new(200).set_body_json(json!({ "versions": ["v1.11"], "padding": padding }));
    let read = with_client(&[(VERSIONS, versions)], async |client, _| client.server_versions().await);
    assert!(read.is_ok(), "the SDK has come to refuse long answers: signing in could go by it");
}
